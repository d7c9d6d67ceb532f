import './commands.css'
import { RotateCcw } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { commandIds, commandOf, commands, type CommandId } from '../../shared/commands.ts'
import { chooseChord, chordFor, chordOf, holderOf, shownChord, type ChosenShortcuts } from '../../shared/key-chords.ts'
import { Button, Dialog, IconButton } from '../ui/controls.tsx'
import { isApple } from './use-commands.ts'

interface ShortcutsDialogProps {
  readonly chosen: ChosenShortcuts
  readonly onChoose: (chosen: ChosenShortcuts) => void
  readonly onClose: () => void
}

/** All shortcuts, each changed by pressing another; a chord taken from another command is said. */
export function ShortcutsDialog({ chosen, onChoose, onClose }: ShortcutsDialogProps) {
  const [recording, setRecording] = useState<CommandId | null>(null)
  const [said, setSaid] = useState('')

  const record = (id: CommandId, event: KeyboardEvent) => {
    if (event.key === 'Tab') return
    event.preventDefault()
    event.stopPropagation()
    const chord = chordOf(event.nativeEvent, isApple)
    if (chord === null) return
    setRecording(null)
    if (chord === 'Escape' && chordFor(id, chosen) !== 'Escape') return
    const holder = holderOf(chord, chosen)
    const isTaken = holder !== undefined && holder !== id
    setSaid(
      isTaken
        ? `${shownChord(chord, isApple)} was taken from “${commandOf(holder).title}”, which has no shortcut now.`
        : '',
    )
    onChoose(chooseChord(id, chord, chosen))
  }

  return (
    <Dialog
      title="Shortcuts"
      onDismiss={onClose}
      actions={
        <>
          <Button disabled={Object.keys(chosen).length === 0} onClick={() => onChoose({})}>
            Reset all
          </Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <p className="quiet">
        Choose a shortcut, then press the new one. Single keys count while the canvas has the focus.
      </p>
      <p className="shortcuts-said" role="status">
        {said}
      </p>
      <ul className="shortcuts">
        {commandIds
          .filter(id => commandOf(id).group !== null)
          .map(id => {
            const { title, group } = commandOf(id)
            const shown = recording === id ? 'Press keys…' : shownChord(chordFor(id, chosen), isApple) || 'none'
            return (
              <li key={id}>
                <span>
                  {title} <span className="quiet">{group}</span>
                </span>
                {chosen[id] !== undefined && (
                  <IconButton
                    icon={RotateCcw}
                    label={`Reset the shortcut of ${title}`}
                    onClick={() => onChoose(chooseChord(id, commands[id].keys, chosen))}
                  />
                )}
                <button
                  type="button"
                  className="shortcut-field"
                  aria-label={`Shortcut of ${title}: ${shown}`}
                  aria-pressed={recording === id}
                  onClick={() => setRecording(id)}
                  onBlur={() => setRecording(null)}
                  onKeyDown={event => recording === id && record(id, event)}
                >
                  {shown}
                </button>
              </li>
            )
          })}
      </ul>
    </Dialog>
  )
}
