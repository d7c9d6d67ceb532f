import { isEveryOne } from './derived-graph.ts'
import type { StageDraft } from './stage-drafts.ts'

/** What the stages of a file are called: one object from text to text as long as none is called otherwise. */
export class StageNames {
  /** In order: lower case, '' for those without. */
  readonly all: readonly string[]
  private byName: Map<string, number> | null = null
  private foundRepeated: readonly number[] | null = null

  constructor(all: readonly string[]) {
    this.all = all
  }

  /** Index of the last stage of this name. */
  last(name: string): number | undefined {
    if (this.byName === null) {
      this.byName = new Map()
      for (const [index, each] of this.all.entries()) this.byName.set(each, index)
    }
    return name === '' ? undefined : this.byName.get(name)
  }

  /** Indexes of stages that bear the name of an earlier one. */
  get repeated(): readonly number[] {
    if (this.foundRepeated === null) {
      const seen = new Set<string>()
      this.foundRepeated = this.all.flatMap((name, index) => {
        const isRepeated = name !== '' && seen.has(name)
        seen.add(name)
        return isRepeated ? [index] : []
      })
    }
    return this.foundRepeated
  }
}

export function namesOf(drafts: readonly StageDraft[], before: StageNames | undefined): StageNames {
  const all = drafts.map(({ name }) => name)
  return before !== undefined && isEveryOne(all, before.all) ? before : new StageNames(all)
}
