import { Copy, FileQuestion, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import { displayName } from '../../shared/files/display-name.ts'
import { hexLength, type TextRow } from '../../shared/files/file-preview.ts'
import type { FileRow } from '../../shared/files/file-tree.ts'
import type { FileSystemReference } from '../../shared/files/file-listing.ts'
import { Badge, Button, IconButton } from '../ui/controls.tsx'
import { formatBytes, formatCount } from '../ui/quantities.ts'
import { useRowWindow } from '../ui/use-row-window.ts'
import { readPreview, type FilePreview } from './file-content.ts'
import { SafeText } from './SafeText.tsx'

interface FileViewerProps {
  readonly host: HostApi
  readonly reference: FileSystemReference
  /** Without a leading slash. */
  readonly path: string
  readonly file: FileRow
  readonly onClose: () => void
}

/** What is in one file. Give it the path as its key: another file is another viewer. */
export function FileViewer({ host, reference, path, file, onClose }: FileViewerProps) {
  const [asHex, setAsHex] = useState(false)
  /** A picture as what it is made of. */
  const [asBytes, setAsBytes] = useState(false)
  const { preview, problem, retry } = usePreview(host, reference, path, file)
  const absolute = `/${path}`
  return (
    <section className="file-viewer" aria-label={`Contents of ${displayName(absolute)}`}>
      <header className="file-viewer-tools">
        <span className="file-viewer-path code" title={displayName(absolute)}>
          <bdi>
            <SafeText text={absolute} />
          </bdi>
        </span>
        {preview !== null &&
          preview.text !== null &&
          !asHex &&
          asBytes === (preview.picture !== null) &&
          preview.shown < preview.size && (
            <Badge tone="warning">
              first {formatBytes(preview.shown)} of {formatBytes(preview.size)}
            </Badge>
          )}
        {(preview?.picture ?? null) !== null && (
          <Button variant="quiet" onClick={() => setAsBytes(!asBytes)}>
            {!asBytes ? (preview?.text === null ? 'Hex' : 'Text') : 'Picture'}
          </Button>
        )}
        {preview !== null && preview.text !== null && preview.size > 0 && (preview.picture === null || asBytes) && (
          <Button variant="quiet" aria-pressed={asHex} onClick={() => setAsHex(!asHex)}>
            {asHex ? 'Text' : 'Hex'}
          </Button>
        )}
        <IconButton icon={Copy} label="Copy the path" onClick={() => void navigator.clipboard.writeText(absolute)} />
        <IconButton icon={X} label="Close the file" onClick={onClose} />
      </header>
      <Contents {...{ file, preview, problem, asHex, asBytes }} name={displayName(absolute)} onRetry={retry} />
    </section>
  )
}

interface Reading {
  readonly preview: FilePreview | null
  readonly problem: string | null
  readonly retry: () => void
}

function usePreview(host: HostApi, reference: FileSystemReference, path: string, file: FileRow): Reading {
  const [state, setState] = useState<Pick<Reading, 'preview' | 'problem'>>({ preview: null, problem: null })
  const [attempt, setAttempt] = useState(0)
  const place = JSON.stringify(reference)
  const readable = file.kind === 'file' || file.kind === 'hardlink'
  useEffect(() => {
    if (!readable) return
    const controller = new AbortController()
    readPreview(host, JSON.parse(place) as FileSystemReference, path, file.size, controller.signal).then(
      preview => setState({ preview, problem: null }),
      (error: unknown) => {
        if (controller.signal.aborted) return
        const said = error instanceof HostError ? error.message : 'The file could not be read. Try again.'
        setState({ preview: null, problem: said })
      },
    )
    return () => controller.abort()
  }, [host, place, path, file.size, readable, attempt])
  const retry = () => {
    setState({ preview: null, problem: null })
    setAttempt(attempt + 1)
  }
  return { ...state, retry }
}

interface ContentsProps extends Pick<Reading, 'preview' | 'problem'> {
  readonly file: FileRow
  readonly name: string
  readonly asHex: boolean
  readonly asBytes: boolean
  readonly onRetry: () => void
}

function Contents({ file, name, preview, problem, asHex, asBytes, onRetry }: ContentsProps) {
  switch (file.kind) {
    case 'directory':
      return null
    case 'symlink':
      return (
        <p className="file-note">
          A symbolic link to{' '}
          <span className="code">
            <SafeText text={file.link} />
          </span>
        </p>
      )
    case 'fifo':
      return <p className="file-note">A named pipe: it holds no bytes of its own.</p>
    case 'socket':
      return <p className="file-note">A socket: it holds no bytes of its own.</p>
    case 'character':
    case 'block':
      return <p className="file-note">A device: there is nothing to show in an image.</p>
    case 'file':
    case 'hardlink':
      if (problem !== null)
        return (
          <div className="file-note" role="alert">
            <p>{problem}</p>
            <Button onClick={onRetry}>Try again</Button>
          </div>
        )
      if (preview === null) return <p className="file-note">Reading…</p>
      if (preview.size === 0) return <p className="file-note">The file is empty.</p>
      if (preview.picture !== null && !asBytes) return <Picture picture={preview.picture} name={name} />
      return preview.text === null || asHex ? <Hex preview={preview} /> : <Text rows={preview.text} />
  }
}

interface PictureProps {
  readonly picture: Blob
  readonly name: string
}

/** In an `img` no picture runs or fetches anything, SVG neither. */
function Picture({ picture, name }: PictureProps) {
  const image = useRef<HTMLImageElement>(null)
  const [size, setSize] = useState<string | null>(null)
  useEffect(() => {
    const address = URL.createObjectURL(picture)
    if (image.current !== null) image.current.src = address
    return () => URL.revokeObjectURL(address)
  }, [picture])
  return (
    <figure className="file-picture">
      <img
        ref={image}
        alt={name}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setSize(`${naturalWidth} × ${naturalHeight}`)}
        onError={() => setSize('This picture is damaged: it cannot be drawn.')}
      />
      <figcaption>{size}</figcaption>
    </figure>
  )
}

const lineHeight = 18

function Text({ rows }: { readonly rows: readonly TextRow[] }) {
  const { ref, first, end } = useRowWindow(rows.length, lineHeight)
  return (
    <div ref={ref} className="file-text code" tabIndex={0} role="document" aria-label="Text">
      <div className="file-text-canvas" style={{ height: rows.length * lineHeight }}>
        <div style={{ transform: `translateY(${first * lineHeight}px)` }}>
          {rows.slice(first, end).map(({ text, line }, index) => (
            <div key={first + index} className="file-text-line">
              <span className="file-text-number">{line}</span>
              <SafeText text={text} keep={'\t\u3000'} />
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

function Hex({ preview }: { readonly preview: FilePreview }) {
  const whole = preview.size <= hexLength
  return (
    <div className="file-text code" tabIndex={0} role="document" aria-label="Bytes">
      {preview.text === null && (
        <p className="file-binary">
          <FileQuestion size={16} aria-hidden />
          {whole
            ? 'Not text: its bytes.'
            : `Not text: the first ${formatCount(hexLength, 'byte')} of ${formatBytes(preview.size)}.`}
        </p>
      )}
      {preview.hex.map(({ offset, bytes, characters }) => (
        <div key={offset} className="file-hex-line">
          <span className="file-hex-offset">{offset}</span>
          <span>{bytes}</span>
          <span className="file-hex-characters">{characters}</span>
        </div>
      ))}
    </div>
  )
}
