import { commandIds, commandOf, commands, isCommandId, type CommandId } from './commands.ts'

/**
 * A chord is written `Mod+Shift+P`: `Mod` is Control, or Command on a Mac; then `Ctrl` (a Mac's own), `Alt`, `Shift` and
 * the key, a letter in upper case or the name that the browser gives it, `Plus` and `Space` for `+` and the space.
 */
export type Chord = string

interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const modifierKeys = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified'])

/** The chord of a key press; null while only modifiers are held. */
export function chordOf(press: KeyPress, isApple: boolean): Chord | null {
  if (modifierKeys.has(press.key)) return null
  const key = keyName(press)
  // A sign is the same whether or not a layout wants Shift for it.
  const isSign = press.key.length === 1 && press.key.toLowerCase() === press.key.toUpperCase() && press.key !== ' '
  return [
    (isApple ? press.metaKey : press.ctrlKey) && 'Mod',
    isApple && press.ctrlKey && 'Ctrl',
    press.altKey && 'Alt',
    press.shiftKey && !isSign && 'Shift',
    key,
  ]
    .filter(part => part !== false)
    .join('+')
}

function keyName({ key, code, altKey }: KeyPress): string {
  // Alt makes other characters of letters on a Mac.
  if (altKey && /^Key[A-Z]$/.test(code)) return code.slice(3)
  if (key === '+') return 'Plus'
  if (key === ' ') return 'Space'
  if (key === 'Backspace') return 'Delete'
  return key.length === 1 ? key.toUpperCase() : key
}

const appleSigns: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Plus: '+' }
const plainWords: Readonly<Record<string, string>> = { Mod: 'Ctrl', Plus: '+', Escape: 'Esc', Delete: 'Del' }

/** As the platform writes it: `Ctrl+Shift+P` or `⇧⌘P`. */
export function shownChord(chord: Chord, isApple: boolean): string {
  const parts = chord.split('+')
  return isApple
    ? parts.map(part => appleSigns[part] ?? part).join('')
    : parts.map(part => plainWords[part] ?? part).join('+')
}

/** Chords that were chosen in place of the table's own, by command; '' for none. */
export type ChosenShortcuts = Readonly<Record<string, Chord>>

export function chordFor(id: CommandId, chosen: ChosenShortcuts): Chord {
  return chosen[id] ?? commands[id].keys
}

/** Every chord in use, with its command. */
export function chordTable(chosen: ChosenShortcuts): ReadonlyMap<Chord, CommandId> {
  const table = new Map<Chord, CommandId>()
  for (const id of commandIds) {
    const { also } = commandOf(id)
    if (also !== undefined && chosen[id] === undefined) table.set(also, id)
  }
  for (const id of commandIds) {
    const chord = chordFor(id, chosen)
    if (chord !== '') table.set(chord, id)
  }
  return table
}

/** The command that a chord is taken from when another one is given it. */
export function holderOf(chord: Chord, chosen: ChosenShortcuts): CommandId | undefined {
  return chord === '' ? undefined : commandIds.find(id => chordFor(id, chosen) === chord)
}

/** The choices with one more, taken from the command that had the chord before; the table's own chord is no choice. */
export function chooseChord(id: CommandId, chord: Chord, chosen: ChosenShortcuts): ChosenShortcuts {
  const holder = holderOf(chord, chosen)
  const next: ChosenShortcuts = { ...chosen, ...(holder !== undefined && { [holder]: '' }), [id]: chord }
  return Object.fromEntries(
    Object.entries(next).filter(([each, keys]) => !isCommandId(each) || commands[each].keys !== keys),
  )
}
