/** What the engine module needs to know of a stage. */
export interface StageOutline {
  /** 1-based lines of the FROM instruction. */
  readonly startLine: number
  readonly fromEndLine: number
  /** Last line of the stage's last instruction. */
  readonly endLine: number
  /** Offset in the text where the stage ends. */
  readonly end: number
  /** Index of the stage it is built on; null where it is an image or nothing. */
  readonly baseStage: number | null
  /** The image it is built on, as BuildKit would pull it, or "scratch". */
  readonly base: string
}

/** The stages of a Dockerfile, in order. */
export function outlineStages(text: string): readonly StageOutline[] {
  const stages: (StageOutline & { readonly name: string })[] = []
  let offset = 0
  const lines = text.split('\n')
  lines.forEach((line, index) => {
    offset += line.length + 1
    const end = Math.min(offset, text.length)
    const [keyword = '', base = '', , name = ''] = line.trim().split(/\s+/)
    if (keyword.toUpperCase() === 'FROM') {
      const found = stages.findLastIndex(stage => stage.name !== '' && stage.name === base)
      const baseStage = found < 0 ? null : found
      stages.push({
        startLine: index + 1,
        fromEndLine: index + 1,
        endLine: index + 1,
        end,
        baseStage,
        base,
        name: name.toLowerCase(),
      })
    } else {
      const last = stages.at(-1)
      if (last) stages[stages.length - 1] = { ...last, endLine: index + 1, end }
    }
  })
  return stages
}
