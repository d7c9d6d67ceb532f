import { useState, type ReactNode } from 'react'
import { expectationSchema, octal, readBytes, type Expectation } from '../../shared/files/expectations.ts'
import type { FileTree } from '../../shared/files/file-tree.ts'
import { followPath } from '../../shared/files/follow-path.ts'
import { Button, Dialog } from '../ui/controls.tsx'
import { formatBytes } from '../ui/quantities.ts'

interface ExpectedDialogProps {
  readonly tree: FileTree
  readonly expectation: Expectation
  readonly onExpect: (expectation: Expectation) => void
  readonly onDismiss: () => void
}

/** Asks what is to be true of a path; fields left empty may be anything, and show what is there now. */
export function ExpectedDialog({ tree, expectation, onExpect, onDismiss }: ExpectedDialogProps) {
  const [path, setPath] = useState(expectation.path)
  const [isAbsent, setIsAbsent] = useState(expectation.absent === true)
  const [mode, setMode] = useState(expectation.mode ?? '')
  const [owner, setOwner] = useState(expectation.owner ?? '')
  const [largest, setLargest] = useState(expectation.largest === undefined ? '' : `${expectation.largest} bytes`)
  const [problem, setProblem] = useState<string | null>(null)
  const id = followPath(tree, path)
  const now = id === null ? null : tree.row(id)

  const submit = () => {
    const bytes = largest.trim() === '' ? undefined : readBytes(largest)
    if (bytes === null) {
      setProblem('The largest size is a number with bytes, kB, MB or GB, such as 10 MB.')
      return
    }
    const parsed = expectationSchema.safeParse({
      path: path.trim(),
      ...(isAbsent
        ? { absent: true }
        : {
            ...(mode.trim() !== '' && { mode: mode.trim() }),
            ...(owner.trim() !== '' && { owner: owner.trim() }),
            ...(bytes !== undefined && { largest: bytes }),
          }),
    })
    if (parsed.success) onExpect(parsed.data)
    else setProblem(`This cannot be expected: ${parsed.error.issues.map(({ message }) => message).join('; ')}.`)
  }
  const text = (value: string, set: (value: string) => void, placeholder = '') => (
    <input
      className="field"
      data-code
      value={value}
      placeholder={placeholder}
      spellCheck={false}
      onChange={event => set(event.target.value)}
    />
  )
  return (
    <Dialog
      title="Expected file"
      onDismiss={onDismiss}
      actions={
        <>
          <Button onClick={onDismiss}>Cancel</Button>
          <Button variant="primary" type="submit" form="expected-form">
            Expect
          </Button>
        </>
      }
    >
      <form
        id="expected-form"
        className="expected-form"
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <Labelled label="Path">{text(path, setPath)}</Labelled>
        <Labelled label="After a build">
          <select
            className="field"
            value={isAbsent ? 'absent' : 'present'}
            onChange={event => setIsAbsent(event.target.value === 'absent')}
          >
            <option value="present">it is there</option>
            <option value="absent">it must not be there</option>
          </select>
        </Labelled>
        {!isAbsent && (
          <>
            <Labelled label="Mode">{text(mode, setMode, now === null ? '0755' : `now ${octal(now.mode)}`)}</Labelled>
            <Labelled label="Owner">
              {text(owner, setOwner, now === null ? '0:0' : `now ${now.uid}:${now.gid}`)}
            </Labelled>
            <Labelled label="Largest size">
              {text(largest, setLargest, now === null ? '10 MB' : `now ${formatBytes(now.size)}`)}
            </Labelled>
          </>
        )}
        {problem !== null && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <label className="expected-field">
      <span className="label">{label}</span>
      {children}
    </label>
  )
}
