import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { palette } from '../../shared/drawing/palette.ts'
import { fileSvg } from '../../shared/drawing/svg.ts'
import { analyze } from '../../shared/analysis.ts'
import { pointsAlong } from './paths.ts'

const file = `FROM golang:1.25 AS build
RUN --mount=type=bind,from=tools,target=/tools go build -o /out/app .
RUN echo "<b> & 'c'"

FROM alpine AS tools

FROM build AS never

FROM alpine:3.22
COPY --from=build /out/app /app
COPY --from=busybox:1.37 /bin/sh /bin/sh
`

interface Tag {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Reads XML of elements and text alone; throws where it is not well formed. */
function elements(xml: string): readonly Tag[] {
  const tags: Tag[] = []
  const open: string[] = []
  const rest = xml.replace(
    /<(\/?)([a-z]+)((?:\s[a-zA-Z-]+="[^"<]*")*)(\/?)>/g,
    (_, closing: string, name: string, attributes: string, empty: string) => {
      if (closing !== '') expect(open.pop()).toBe(name)
      else {
        const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/gi)].map(([, key = '', value = '']) => [key, value])
        expect(new Set(pairs.map(([key]) => key)).size).toBe(pairs.length)
        tags.push({ name, attributes: Object.fromEntries(pairs) as Record<string, string> })
        if (empty === '') open.push(name)
      }
      return ''
    },
  )
  expect(open).toEqual([])
  expect(rest).not.toContain('<')
  expect(xml).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/)
  // eslint-disable-next-line no-control-regex
  expect(xml).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/u)
  return tags
}

test('draws every stage, every edge and every word that fits, escaped', () => {
  const svg = fileSvg(analyze(file))
  const kinds = elements(svg).flatMap(tag => tag.attributes['data-edge'] ?? [])
  expect(kinds.sort()).toEqual(['base', 'copy', 'copy', 'mount'])
  for (const words of ['>build<', '>tools<', '>never<', '>target<', '>Not needed for this target<', 'busybox:1.37'])
    expect(svg).toContain(words)
  expect(svg).toContain('&quot;&lt;b&gt; &amp; ')
})

test('says what the canvas says: how many steps are folded, and with which value a stage is needed', () => {
  const steps = Array.from({ length: 13 }, (_, at) => `RUN make part-${at}\n`).join('')
  const svg = fileSvg(analyze(`ARG V=a\nFROM x AS base-a\n${steps}FROM x AS base-b\nFROM base-$V\n`))
  for (const words of ['>13 steps<', '>Needed when V=b<']) expect(svg).toContain(words)
})

test('holds all that it draws', () => {
  const svg = fileSvg(analyze(file))
  const [root, ...others] = elements(svg)
  const [left = 0, top = 0, width = 0, height = 0] = (root?.attributes['viewBox'] ?? '').split(' ').map(Number)
  expect([root?.attributes['width'], root?.attributes['height']]).toEqual([String(width), String(height)])
  const isInside = (x: number, y: number) => x >= left && y >= top && x <= left + width && y <= top + height
  let card = { x: 0, y: 0 }
  for (const { name, attributes } of others) {
    const [, x, y] = /^translate\((.+),(.+)\)$/.exec(attributes['transform'] ?? '') ?? []
    if (name === 'g') card = { x: Number(x ?? 0), y: Number(y ?? 0) }
    const at = { x: card.x + Number(attributes['x'] ?? 0), y: card.y + Number(attributes['y'] ?? 0) }
    if (name === 'rect') {
      expect(isInside(at.x, at.y)).toBe(true)
      expect(isInside(at.x + Number(attributes['width']), at.y + Number(attributes['height']))).toBe(true)
    }
    for (const point of pointsAlong(attributes['d'] ?? '')) expect(isInside(point.x, point.y)).toBe(true)
  }
})

test('is XML whatever the file says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.boolean(), (words, isDark) => {
      const text = `FROM a AS b\nRUN ${words}\nFROM ${words}\nCOPY --from=b ${words} /x\n`
      elements(fileSvg(analyze(text), isDark ? 'dark' : 'light'))
    }),
  )
})

test('has the colours of the window', () => {
  const tokens = readFileSync(join(import.meta.dirname, '../../renderer/ui/tokens.css'), 'utf8')
  const [light = '', dark = ''] = tokens.split(":root[data-theme='dark']")
  for (const [css, colours] of [
    [light, palette.light],
    [dark, palette.dark],
  ] as const)
    for (const [name, colour] of Object.entries(colours)) expect(css).toContain(`--${name}: ${colour};`)
})
