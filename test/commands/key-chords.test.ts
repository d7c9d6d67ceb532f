import { describe, expect, test } from 'vitest'
import { commandIds, commandOf, commands } from '../../shared/commands.ts'
import { chooseChord, chordFor, chordOf, chordTable, shownChord } from '../../shared/key-chords.ts'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('chords', () => {
  test.each([
    [press('s', { ctrlKey: true }), 'Mod+S'],
    [press('S', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+S'],
    [press('+', { shiftKey: true }), 'Plus'],
    [press(' '), 'Space'],
    [press('Backspace'), 'Delete'],
    [press('F8', { shiftKey: true }), 'Shift+F8'],
    [press('Shift', { shiftKey: true }), null],
  ])('%o is %s', (event, chord) => expect(chordOf(event, false)).toBe(chord))

  test('a letter keeps its name where Alt makes another character of it', () =>
    expect(chordOf({ ...press('∑', { metaKey: true, altKey: true }), code: 'KeyW' }, true)).toBe('Mod+Alt+W'))

  test('are written as the platform writes them', () => {
    expect(shownChord('Mod+Shift+S', false)).toBe('Ctrl+Shift+S')
    expect(shownChord('Mod+Shift+S', true)).toBe('⌘⇧S')
    expect(shownChord('Plus', false)).toBe('+')
  })

  test('no two commands have the same one', () => {
    const all = commandIds.map(commandOf).flatMap(({ keys, also }) => [keys, ...(also ? [also] : [])])
    expect(chordTable({}).size).toBe(all.filter(keys => keys !== '').length)
  })

  test('Ctrl+Y is redo, too, until another command gets it', () => {
    expect(chordTable({}).get('Mod+Y')).toBe('edit.redo')
    const chosen = chooseChord('view.theme', 'Mod+Y', {})
    expect(chordTable(chosen).get('Mod+Y')).toBe('view.theme')
    expect(chordTable(chosen).get('Mod+Shift+Z')).toBe('edit.redo')
  })
})

describe('choosing a chord', () => {
  test('takes it from the command that had it', () => {
    const chosen = chooseChord('file.open', 'Mod+S', {})
    expect(chosen).toEqual({ 'file.open': 'Mod+S', 'file.save': '' })
    expect(chordTable(chosen).get('Mod+S')).toBe('file.open')
  })

  test('going back to the table’s own leaves no choice behind', () => {
    const chosen = chooseChord('file.open', 'Mod+P', {})
    expect(chooseChord('file.open', commands['file.open'].keys, chosen)).toEqual({})
  })

  test('a command may be left without one', () => expect(chordFor('file.save', { 'file.save': '' })).toBe(''))
})
