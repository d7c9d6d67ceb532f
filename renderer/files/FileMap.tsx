import { hierarchy, treemap, type HierarchyRectangularNode } from 'd3-hierarchy'
import { useEffect, useId, useMemo, useState, type CSSProperties, type KeyboardEvent } from 'react'
import { displayName } from '../../shared/files/display-name.ts'
import { rootId, type FileId, type FileTree } from '../../shared/files/file-tree.ts'
import { mainFile, mapNodes, type MapNode } from '../../shared/files/map-nodes.ts'
import { Button } from '../ui/controls.tsx'
import { formatBytes } from '../ui/quantities.ts'
import './file-map.css'

interface FileMapProps {
  readonly tree: FileTree
  readonly version: number
  readonly active: FileId | null
  readonly onActive: (id: FileId) => void
  readonly hueOf: (id: FileId) => string | undefined
}

type Tile = HierarchyRectangularNode<MapNode>

/** The least area of a tile, in square pixels. */
const leastArea = 150
const labelHeight = 18

/** Files by size. Arrows go to the tile on that side, Enter goes into a folder, Backspace out of it. */
export function FileMap({ tree, version, active, onActive, hueOf }: FileMapProps) {
  const [root, setRoot] = useState<FileId>(rootId)
  const [element, setElement] = useState<HTMLElement | null>(null)
  const { width, height } = useSize(element)
  const name = useId()
  const tiles = useMemo(() => {
    const share = version < 0 || width * height === 0 ? 1 : leastArea / (width * height)
    const sized = hierarchy(mapNodes(tree, root, share), node => node.children)
      .sum(({ size, children }) => (children.length === 0 ? size : 0))
      .sort((a, b) => (b.value ?? 0) - (a.value ?? 0))
    const layout = treemap<MapNode>()
      .size([width, height])
      .paddingInner(1)
      .paddingOuter(2)
      .paddingTop(({ depth }) => (depth === 0 ? 2 : labelHeight))
      .round(true)
    return layout(sized).descendants().slice(1)
  }, [tree, version, root, width, height])
  const named = tiles.filter(({ data }) => data.id !== null)
  const current = named.find(({ data }) => data.id === active)

  const onKeyDown = (event: KeyboardEvent) => {
    const direction = directions[event.key]
    const id = current?.data.id ?? null
    if (direction !== undefined) {
      const next = current === undefined ? named[0] : nearest(named, current, direction)
      if (next !== undefined && next.data.id !== null) onActive(next.data.id)
    } else if (event.key === 'Enter' && id !== null && tree.isFolder(id)) setRoot(id)
    else if (event.key === 'Backspace' && root !== rootId) {
      onActive(root)
      setRoot(tree.parent(root))
    } else return
    event.preventDefault()
  }
  return (
    <section className="file-map" aria-label="Map of files">
      <nav className="file-map-path" aria-label="Folder of the map">
        {folderPath(tree, root).map(id => (
          <Button key={id} variant="quiet" aria-current={id === root || undefined} onClick={() => setRoot(id)}>
            {id === rootId ? '/' : displayName(tree.name(id))}
          </Button>
        ))}
        <span className="file-map-total">{formatBytes(tree.size(root))}</span>
      </nav>
      <div
        ref={setElement}
        className="file-map-tiles"
        role="listbox"
        aria-label="Files by size"
        aria-activedescendant={current === undefined ? undefined : `${name}-${current.data.id ?? ''}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {tiles.map(tile => (
          <MapTile
            key={tile.data.id ?? `rest ${tile.parent?.data.id ?? ''}`}
            domId={`${name}-${tile.data.id ?? ''}`}
            {...{ tree, tile, hueOf }}
            share={tile.data.size / Math.max(1, tree.size(root))}
            isActive={tile === current}
            onActive={onActive}
            onEnter={setRoot}
          />
        ))}
      </div>
    </section>
  )
}

interface MapTileProps extends Pick<FileMapProps, 'tree' | 'hueOf' | 'onActive'> {
  readonly domId: string
  readonly tile: Tile
  readonly share: number
  readonly isActive: boolean
  readonly onEnter: (folder: FileId) => void
}

function MapTile({ domId, tree, tile, hueOf, share, isActive, onActive, onEnter }: MapTileProps) {
  const { id, size, children } = tile.data
  const isFrame = children.length > 0
  const title = id === null ? 'Smaller files' : displayName(tree.name(id)) + (tree.isFolder(id) ? '/' : '')
  const words = `${title}, ${formatBytes(size)}, ${(share * 100).toFixed(1)} %`
  const style: CSSProperties & Record<'--tile', string> = {
    left: tile.x0,
    top: tile.y0,
    width: tile.x1 - tile.x0,
    height: tile.y1 - tile.y0,
    '--tile': (id === null || isFrame ? undefined : hueOf(mainFile(tree, id))) ?? 'var(--ink-quiet)',
  }
  return (
    <div
      id={domId}
      className="file-map-tile"
      role={id === null ? 'presentation' : 'option'}
      aria-selected={id === null ? undefined : isActive}
      aria-label={id === null ? undefined : words}
      title={words}
      data-frame={isFrame || undefined}
      style={style}
      onClick={event => {
        event.stopPropagation()
        if (id !== null) onActive(id)
      }}
      onDoubleClick={event => {
        event.stopPropagation()
        if (id !== null && tree.isFolder(id)) onEnter(id)
      }}
    >
      {tile.x1 - tile.x0 > 32 && tile.y1 - tile.y0 > 14 && <bdi>{title}</bdi>}
    </div>
  )
}

const directions: Readonly<Record<string, readonly [number, number] | undefined>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The tile whose corner lies nearest on that side; up from the first tile of a folder is the folder. */
function nearest(tiles: readonly Tile[], from: Tile, [x, y]: readonly [number, number]): Tile | undefined {
  let best: Tile | undefined
  let least = Infinity
  for (const tile of tiles) {
    const [across, down] = [tile.x0 - from.x0, tile.y0 - from.y0]
    const along = across * x + down * y
    if (tile === from || along <= 0) continue
    const distance = along + 3 * Math.abs(x === 0 ? across : down)
    if (distance >= least) continue
    least = distance
    best = tile
  }
  return best
}

function folderPath(tree: FileTree, folder: FileId): readonly FileId[] {
  return folder === rootId ? [rootId] : [...folderPath(tree, tree.parent(folder)), folder]
}

function useSize(element: HTMLElement | null) {
  const [size, setSize] = useState({ width: 0, height: 0 })
  useEffect(() => {
    if (element === null) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return size
}
