import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('../../renderer/ui/tokens.css', import.meta.url), 'utf8')
const [usual = '', more = ''] = css.split('@media (prefers-contrast: more)')

type Colours = ReadonlyMap<string, string>

/** The colours of the rule with this selector. */
function coloursOf(part: string, selector: string): Colours {
  const start = part.indexOf(`${selector} {`)
  if (start < 0) throw new Error(`tokens.css has no rule for ${selector}.`)
  const body = part.slice(start, part.indexOf('}', start))
  return new Map([...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]))
}

const light = coloursOf(usual, ':root')
const dark = new Map([...light, ...coloursOf(usual, ":root[data-theme='dark']")])
const looks: readonly (readonly [string, Colours, { readonly words: number; readonly marks: number }])[] = [
  ['light', light, { words: 4.5, marks: 3 }],
  ['dark', dark, { words: 4.5, marks: 3 }],
  ['light with more contrast', new Map([...light, ...coloursOf(more, ':root')]), { words: 7, marks: 4.5 }],
  [
    'dark with more contrast',
    new Map([...dark, ...coloursOf(more, ":root[data-theme='dark']")]),
    { words: 7, marks: 4.5 },
  ],
]

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].toSorted((one, other) => other - one)
  return (light + 0.05) / (dark + 0.05)
}

const written = /^(ink|ink-secondary|ink-quiet|accent|error|warning|success|running|syntax-\w+)$/
const painted = /^(canvas|surface(-\w+)?|\w+-soft)$/
const marks = /^(line-strong|focus|stage-\d)$/
/** Where cards, edges and fields stand. */
const ground = /^(canvas|surface|surface-sunken|surface-raised)$/

describe.for(looks)('%s', ([, colours, goal]) => {
  const named = (pattern: RegExp) => [...colours].filter(([name]) => pattern.test(name))
  const pairsBelow = (least: number, front: RegExp, back: RegExp) =>
    named(front).flatMap(([frontName, one]) =>
      named(back)
        .map(([backName, other]) => [`${frontName} on ${backName}`, contrast(one, other)] as const)
        .filter(([, ratio]) => ratio < least),
    )

  test('every colour of words is legible on every surface', () => {
    expect(named(written).length * named(painted).length).toBe(15 * 11)
    expect(pairsBelow(goal.words, written, painted)).toEqual([])
  })
  test('words on the accent are legible', () => {
    expect(pairsBelow(goal.words, /^accent-ink$/, /^accent(-hover)?$/)).toEqual([])
  })
  test('stage hues, strong lines and the focus are told from what is behind them', () => {
    expect(named(marks)).toHaveLength(12)
    expect(pairsBelow(goal.marks, marks, ground)).toEqual([])
  })
})
