import './outline.css'
import { ChevronDown, ChevronRight, CircleDashed, Flag } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { commandOf, type CommandId } from '../../shared/commands.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import { moveStageAbove, moveStageBelow } from '../../shared/edits/move-stage.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { Stage, StageId } from '../../shared/graph/stage-graph.ts'
import { chordOf } from '../../shared/key-chords.ts'
import { selectedStages } from '../../shared/selection.ts'
import { isApple, useChords, useCommands } from '../commands/use-commands.ts'
import { dropStep } from '../graph/drop-step.ts'
import { NameField } from '../graph/NameField.tsx'
import type { Session } from '../source/session.ts'
import { useRowDrag } from '../ui/use-row-drag.ts'
import { useRowWindow } from '../ui/use-row-window.ts'
import { rowLabel, useStageMarks } from './outline-marks.ts'
import { outlineRows, pathTo, stageKey, type OutlineRow } from './outline-rows.ts'
import { OutlineMenu } from './OutlineMenu.tsx'
import { performIn } from './perform.ts'
import { useDrawnAnalysis } from './use-drawn-analysis.ts'

const rowHeight = 26
/** Files of more stages open with their names alone. */
const mostExpanded = 12
const typeAheadMilliseconds = 700

/** The graph as a tree of its stages, their steps and what they take from where: all that the canvas can do, as a list. */
export function Outline({ session }: { session: Session }) {
  const { drawn: analysis } = useDrawnAnalysis(session, '.outline')
  const selection = useStore(session.store, state => state.selection)
  const { graph } = analysis
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [renaming, setRenaming] = useState<StageId | null>(null)
  const [menu, setMenu] = useState<Point | null>(null)
  const typed = useRef({ text: '', at: -Infinity })
  const tree = useRef<HTMLElement | null>(null)
  const treeId = useId()
  const { registry } = useCommands()
  const chords = useChords()

  const chosen = selection.kind === 'stage' ? selectedStages(selection) : []
  const path = useMemo(() => pathTo(selection, graph), [selection, graph])
  const rows = useMemo(() => {
    const open = new Set(graph.stages.length > mostExpanded ? [] : graph.stages.map(({ id }) => stageKey(id)))
    for (const key of toggled) if (!open.delete(key)) open.add(key)
    return outlineRows(graph, open)
  }, [graph, toggled])
  const marks = useStageMarks(analysis)
  const shown = path.findLast(key => rows.some(row => row.key === key))
  const active = Math.max(
    0,
    rows.findIndex(row => row.key === shown),
  )
  const current = rows[active]
  const { ref, first, end, reveal } = useRowWindow(rows.length, rowHeight)
  useEffect(() => {
    if (shown !== undefined) reveal(active)
  }, [shown, active, reveal])

  const choose = (row: OutlineRow | undefined) => {
    if (row !== undefined) session.select(row.selection)
  }
  const toggle = (row: OutlineRow) =>
    setToggled(keys => {
      const next = new Set(keys)
      if (!next.delete(row.key)) next.add(row.key)
      return next
    })
  const { drag, press } = useRowDrag((row, over) => {
    const [moved, other] = [row, over.row].map(key => rows.find(each => each.key === key)?.selection)
    if (moved?.kind === 'stage' && other?.kind === 'stage' && moved.stage !== other.stage) {
      const move = over.above ? moveStageAbove : moveStageBelow
      if (performIn(session, analysis.file.text, move(analysis, moved.stage, other.stage))) session.select(moved)
    }
    const drop = moved?.kind === 'step' && other?.kind === 'step' ? dropStep(analysis, moved, other, over.above) : null
    if (drop !== null && performIn(session, analysis.file.text, drop.outcome)) session.select(drop.selection)
  })
  /** Stages go among stages, and a step among those of its stage. */
  const dropOn = (row: OutlineRow) => {
    if (drag?.over?.row !== row.key || drag.row === row.key) return null
    const dragged = rows.find(each => each.key === drag.row)
    const { kind } = row.selection
    const isAmong = kind === dragged?.selection.kind && (kind === 'stage' || row.stage === dragged.stage)
    return isAmong ? drag.over : null
  }
  const rename = (stage: Stage, name: string | null) => {
    if (name !== null && !performIn(session, analysis.file.text, renameStage(analysis, stage.id, name))) return false
    setRenaming(null)
    tree.current?.focus()
    return true
  }
  const startRename = () => {
    if (current?.selection.kind === 'stage') setRenaming(current.stage.id)
  }

  const walk = (event: KeyboardEvent): OutlineRow | (() => void) | undefined => {
    switch (event.key) {
      case 'ArrowDown':
        return rows[shown === undefined ? 0 : active + 1] ?? current
      case 'ArrowUp':
        return rows[active - 1] ?? current
      case 'Home':
        return rows[0]
      case 'End':
        return rows.at(-1)
      case 'ArrowRight':
        if (current?.expanded === false) return () => toggle(current)
        return current?.expanded === true ? rows[active + 1] : current
      case 'ArrowLeft':
        if (current?.expanded === true) return () => toggle(current)
        return rows.slice(0, active).findLast(row => row.level < (current?.level ?? 1)) ?? current
      default:
        return undefined
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement) return
    const chord = chordOf(event.nativeEvent, isApple) ?? ''
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey
    const next = isPlain && !event.shiftKey ? walk(event) : undefined
    const isLetter = isPlain && event.key.length === 1 && event.key !== ' '
    // Any other key ends the word.
    if (!isLetter) typed.current = { text: '', at: -Infinity }
    const command = chords.get(chord)
    if (next !== undefined) {
      if (typeof next === 'function') next()
      else choose(next)
    } else if (event.key === 'ContextMenu' || chord === 'Shift+F10') {
      const row = document.getElementById(`${treeId}-${active}`)?.getBoundingClientRect()
      choose(current)
      if (row !== undefined) setMenu({ x: row.left + 24, y: row.bottom })
    } else if (command === 'stage.rename') startRename()
    else if ((isLetter && isTyping()) || !runHere(command)) {
      if (!isLetter) return
      typeAhead(event.key)
    }
    event.preventDefault()
  }
  const runHere = (command: CommandId | undefined) =>
    command !== undefined && isCommandHere(command) && registry.run(command)
  /** Letters that mean a command are letters within a word. */
  const isTyping = () => performance.now() - typed.current.at < typeAheadMilliseconds
  const typeAhead = (key: string) => {
    const text = (isTyping() ? typed.current.text : '') + key.toLowerCase()
    typed.current = { text, at: performance.now() }
    const from = text.length === 1 ? active + 1 : active
    choose([...rows.slice(from), ...rows.slice(0, from)].find(row => row.text.toLowerCase().startsWith(text)))
  }

  return (
    <nav className="outline" aria-label="Outline">
      <div
        ref={element => {
          tree.current = element
          ref(element)
        }}
        className="outline-tree"
        role="tree"
        aria-multiselectable
        aria-label="Stages, steps and edges"
        tabIndex={0}
        aria-activedescendant={current && `${treeId}-${active}`}
        onKeyDown={onKeyDown}
      >
        <div className="outline-rows" role="presentation" style={{ height: rows.length * rowHeight }}>
          {rows.slice(first, end).map((row, offset) => {
            const index = first + offset
            const { stage } = row
            const isStage = row.selection.kind === 'stage'
            const mark = isStage ? marks(stage) : null
            const over = dropOn(row)
            return (
              <div
                key={row.key}
                id={`${treeId}-${index}`}
                role="treeitem"
                aria-level={row.level}
                aria-posinset={row.position}
                aria-setsize={row.siblings}
                aria-expanded={row.expanded ?? undefined}
                aria-selected={row.key === shown || (isStage && chosen.includes(stage.id))}
                aria-label={rowLabel(row, mark, isStage && stage.id === graph.target)}
                className="outline-row"
                data-level={row.level}
                data-unreachable={!stage.reachable || undefined}
                data-drag-row={row.key}
                data-drop={over === null ? undefined : over.above ? 'above' : 'below'}
                style={{ top: index * rowHeight }}
                onClick={() => choose(row)}
                onDoubleClick={() => registry.run('stage.showText')}
                onPointerDown={event =>
                  row.selection.kind !== 'edge' && !(isStage && renaming === stage.id) && press(row.key, event)
                }
                onContextMenu={event => {
                  event.preventDefault()
                  choose(row)
                  setMenu({ x: event.clientX, y: event.clientY })
                }}
              >
                <span
                  className="outline-twist"
                  onClick={event => {
                    event.stopPropagation()
                    if (row.expanded !== null) toggle(row)
                  }}
                >
                  {row.expanded === true && <ChevronDown size={14} aria-hidden />}
                  {row.expanded === false && <ChevronRight size={14} aria-hidden />}
                </span>
                {isStage && <span className="outline-hue" style={{ backgroundColor: stageHue(stage) }} />}
                {isStage && renaming === stage.id ? (
                  <NameField name={stage.writtenName ?? ''} onDone={name => rename(stage, name)} />
                ) : (
                  <>
                    {row.keyword !== '' && <span className="outline-keyword">{row.keyword} </span>}
                    <span
                      className={isStage ? 'outline-name' : 'outline-text'}
                      title={row.text}
                      data-unnamed={(isStage && stage.writtenName === null) || undefined}
                    >
                      {row.text}
                    </span>
                  </>
                )}
                {isStage && stage.id === graph.target && (
                  <span className="badge" title="A build produces this stage">
                    <Flag size={11} aria-hidden />
                    <span data-words="target" />
                  </span>
                )}
                {mark?.problems !== undefined && (
                  <span
                    className="outline-problems"
                    data-worst={mark.worst}
                    data-words={mark.count}
                    title={mark.problems}
                  />
                )}
                {mark?.unneeded !== undefined && (
                  <span className="outline-unneeded" title={mark.why}>
                    <CircleDashed size={13} aria-hidden />
                    <span data-words={mark.unneeded} />
                  </span>
                )}
                <span className="outline-line" data-words={row.line} />
              </div>
            )
          })}
        </div>
      </div>
      {rows.length === 0 && <p className="quiet">No stages yet. Write FROM, or add a stage on the canvas.</p>}
      {menu !== null && current !== undefined && (
        <OutlineMenu
          label={current.text}
          kind={current.selection.kind}
          at={menu}
          onClose={() => setMenu(null)}
          onRename={startRename}
        />
      )}
    </nav>
  )
}

/** Keys of the canvas that mean its view, and not what is selected, do nothing here. */
function isCommandHere(command: CommandId): boolean {
  const isMeant = command.startsWith('stage.') || command === 'canvas.addStage' || command === 'canvas.deselect'
  return isMeant && commandOf(command).onCanvas === true
}
