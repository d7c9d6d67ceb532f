import fc from 'fast-check'
import { expect, test } from 'vitest'
import { displayName, displayParts } from '../../shared/files/display-name.ts'
import { modeString } from '../../shared/files/file-mode.ts'

test.each([
  ['plain name.txt', 'plain name.txt'],
  ['résumé 日本 🚢', 'résumé 日本 🚢'],
  ['photo\u202egpj.exe', 'photo\\u202egpj.exe'],
  ['a\u001b[31mred\u0007', 'a\\x1b[31mred\\x07'],
  ['line\nbreak\ttab', 'line\\nbreak\\ttab'],
  ['\ud800half', '\\ud800half'],
  ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
  ['', ''],
])('%j shows as %s', (name, shown) => {
  expect(displayName(name)).toBe(shown)
})

/** Any UTF-16, lone surrogates too, with what hides coming up often. */
const anyUnits = fc
  .array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0x2000, max: 0x206f }), fc.nat(0xff)), { maxLength: 20 })
  .map(units => String.fromCharCode(...units))

test('what shows has no character that could hide, and only that is marked as escaped', () => {
  fc.assert(
    fc.property(anyUnits, name => {
      const shown = displayParts(name)
      expect(displayParts(displayName(name))).toEqual([{ text: displayName(name), escaped: false }])
      expect(shown.every(part => !part.escaped || /^\\(x..|u....|[nrt])$/u.test(part.text))).toBe(true)
    }),
  )
})

test.each([
  ['file', 0o755, '-rwxr-xr-x'],
  ['directory', 0o1777, 'drwxrwxrwt'],
  ['file', 0o4755, '-rwsr-xr-x'],
  ['file', 0o6644, '-rwSr-Sr--'],
  ['directory', 0o1770, 'drwxrwx--T'],
  ['symlink', 0o777, 'lrwxrwxrwx'],
  ['block', 0o660, 'brw-rw----'],
  ['character', 0, 'c---------'],
] as const)('%s with %o reads %s', (kind, mode, written) => {
  expect(modeString(kind, mode)).toBe(written)
})
