import './commands.css'
import { Command } from 'cmdk'
import { useLayoutEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { commandIds, commandOf, type CommandGroup, type CommandId } from '../../shared/commands.ts'
import type { CommandRegistry } from './command-registry.ts'
import { releaseTyping } from './early-typing.ts'
import { useShortcutOf } from './use-commands.ts'

/** What is selected comes first. */
const groups = ['Stage', 'Canvas', 'Edit', 'Build', 'View', 'File'] as const satisfies readonly CommandGroup[]

interface CommandPaletteProps {
  readonly registry: CommandRegistry
  readonly onClose: () => void
}

/** Every action there is, found by typing, with its shortcut; what cannot be done now says what it needs. */
export function CommandPalette({ registry, onClose }: CommandPaletteProps) {
  const handlers = useStore(registry.handlers)
  const shortcutOf = useShortcutOf()
  const element = useRef<HTMLDialogElement>(null)
  const [typed, setTyped] = useState('')
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    const input = dialog?.querySelector('input')
    input?.focus()
    releaseTyping((words, isEntered) => {
      setTyped(words)
      if (!isEntered) return
      requestAnimationFrame(() => input?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })))
    })
    return () => dialog?.close()
  }, [])
  const choose = (id: CommandId) => {
    // The focus is back where it was before the command looks at it.
    element.current?.close()
    onClose()
    registry.run(id)
  }
  return (
    <dialog
      ref={element}
      className="palette"
      aria-label="All commands"
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => {
        if (event.target === element.current) onClose()
      }}
    >
      <Command label="All commands" loop filter={hasWords}>
        <Command.Input
          className="palette-input"
          placeholder="What should be done?"
          value={typed}
          onValueChange={setTyped}
        />
        <div role="status">
          <Command.Empty className="palette-empty">No command has these words.</Command.Empty>
        </div>
        <Command.List className="palette-list" label="Commands">
          {groups.map(group => (
            <Command.Group key={group} heading={group} className="palette-group">
              {commandIds
                .filter(id => commandOf(id).group === group)
                .map(id => {
                  const { title, needs } = commandOf(id)
                  const cannot = !handlers[id]
                  return (
                    <Command.Item
                      key={id}
                      value={`${title} ${group}`}
                      disabled={cannot}
                      className="palette-item"
                      onSelect={() => choose(id)}
                    >
                      <span>{title}</span>
                      {cannot && needs !== undefined && <span className="palette-needs">{needs}</span>}
                      <kbd className="shortcut">{shortcutOf(id)}</kbd>
                    </Command.Item>
                  )
                })}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </dialog>
  )
}

/** Every word typed must begin a word of the command: what was not meant is not offered. */
function hasWords(value: string, typed: string): number {
  const words = wordsOf(value)
  return wordsOf(typed).every(part => words.some(word => word.startsWith(part))) ? 1 : 0
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}]+/u)
}
