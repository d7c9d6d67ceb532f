import { changedSpan } from '../text/changed-span.ts'
import type { Header } from './directives.ts'
import type { Passage } from './passage.ts'
import { PassageReader } from './passage-reader.ts'
import { PlacedSection, Section, start, type Place } from './section.ts'
import type { Dockerfile } from './syntax.ts'

/** Keeps what lies before the change, reads on from there, and takes up the old passages where it is in step with them. */
export function readSections(
  text: string,
  header: Header,
  previous: Pick<Dockerfile, 'text' | 'escape' | 'sections'> | null,
): readonly PlacedSection[] {
  const span = changedSpan(previous?.text ?? '', text)
  const moved = text.length - (previous?.text.length ?? 0)
  const old = previous?.sections ?? []
  const sections = old.slice(0, untouched(old, span.start))
  const known = new KnownPassages(old, sections.length)
  const passages: Passage[] = []
  let { offset } = endOf(sections)
  const take = (passage: Passage): void => {
    passages.push(passage)
    offset += passage.text.length
  }
  for (let next = known.next; next !== null && !next.isOpen; next = known.next) {
    if (offset + next.text.length > span.start) break
    take(next)
    known.skip()
  }
  // The header itself would hold on to the whole text.
  const above = { to: header.to, lines: header.lines }
  const reader = new PassageReader(text, header.escape, previous !== null)
  // The first passage stands below directives, which no other does.
  if (offset === 0) known.skip()
  if (header.escape !== previous?.escape) known.skipTo(Infinity)
  for (;;) {
    known.skipTo(Math.max(span.beforeEnd, offset - moved))
    if (offset > 0 && known.next !== null && known.offset + moved === offset) break
    const passage = offset === 0 ? reader.read(0, above) : reader.read(offset)
    if (passage === null) {
      known.skipTo(Infinity)
      break
    }
    take(passage)
  }
  passages.push(...known.restOfSection())
  addSections(sections, passages)
  const [next] = known.sections
  const end = endOf(sections)
  if (next === undefined) return sections
  if (next.index === end.index && next.offset === end.offset && next.lines === end.lines)
    return sections.concat(known.sections)
  // All of them have moved alike.
  const index = end.index - next.index
  const lines = end.lines - next.lines
  for (const each of known.sections) {
    const place = { index: each.index + index, offset: each.offset + moved, lines: each.lines + lines }
    sections.push(new PlacedSection(each.section, place))
  }
  return sections
}

/** Passages before the first FROM go to the section that is there last. */
function addSections(sections: PlacedSection[], passages: readonly Passage[]): void {
  const begun = passages[0] === undefined || passages[0].keyword === 'FROM' ? undefined : sections.pop()
  const all = begun === undefined ? passages : [...begun.section.passages, ...passages]
  let place = endOf(sections)
  const add = (own: readonly Passage[]): void => {
    const section = new PlacedSection(new Section(own), place)
    sections.push(section)
    place = section.end
  }
  let from = 0
  all.forEach(({ keyword }, at) => {
    if (keyword !== 'FROM' || (at === from && sections.length > 0)) return
    add(all.slice(from, at))
    from = at
  })
  if (from < all.length || sections.length === 0) add(all.slice(from))
}

function endOf(sections: readonly PlacedSection[]): Place {
  return sections.at(-1)?.end ?? start
}

/** How many sections at the start a change at `position` cannot have changed. */
function untouched(sections: readonly PlacedSection[], position: number): number {
  const count = sections.findIndex(({ section, end }) => section.isOpen || end.offset > position)
  return count < 0 ? sections.length : count
}

/** Goes through the passages of a file as it was before a change. */
class KnownPassages {
  private readonly all: readonly PlacedSection[]
  private section: number
  private at = 0
  /** Where the next one was. */
  offset: number

  constructor(all: readonly PlacedSection[], section: number) {
    this.all = all
    this.section = section
    this.offset = all[section]?.offset ?? 0
    this.passEnds()
  }

  get next(): Passage | null {
    return this.all[this.section]?.section.passages[this.at] ?? null
  }

  skip(): void {
    this.offset += this.next?.text.length ?? 0
    this.at++
    this.passEnds()
  }

  /** To the first one that was at `offset` or behind it. */
  skipTo(offset: number): void {
    while (this.next !== null && this.offset < offset) this.skip()
  }

  /** Goes by the passages that are left of a section that was begun. */
  restOfSection(): readonly Passage[] {
    if (this.at === 0) return []
    const rest = this.all[this.section]?.section.passages.slice(this.at) ?? []
    this.section++
    this.at = 0
    return rest
  }

  /** Those that were not begun. */
  get sections(): readonly PlacedSection[] {
    return this.all.slice(this.section)
  }

  private passEnds(): void {
    for (let at = this.all[this.section]; at?.section.passages.length === this.at; at = this.all[++this.section])
      this.at = 0
  }
}
