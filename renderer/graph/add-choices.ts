import type { Analysis } from '../../shared/analysis.ts'
import type { EngineImage } from '../../shared/bridge/contract.ts'
import { baseImages } from '../../shared/graph/base-images.ts'
import { stageTitle, type StageId } from '../../shared/graph/stage-graph.ts'
import { starters, type Starter } from '../../shared/starters/starters.ts'
import { formatAge, formatBytes } from '../ui/quantities.ts'

/** What can be put on the canvas. */
export type Addition =
  /** A stage on this base: an image, `scratch`, or the title of a stage. */
  | { readonly kind: 'base'; readonly base: string }
  | { readonly kind: 'copy'; readonly stage: StageId }
  | { readonly kind: 'starter'; readonly starter: Starter }

export interface AddChoice {
  readonly key: string
  readonly title: string
  readonly detail: string
  readonly addition: Addition
}

export interface AddGroup {
  readonly heading: string
  readonly choices: readonly AddChoice[]
}

/** Everything there is to begin a stage from, what is nearest at hand first. */
export function addGroups(analysis: Analysis, images: readonly EngineImage[], now: number): readonly AddGroup[] {
  const { stages } = analysis.graph
  const held = new Set(images.map(image => image.reference))
  const used = baseImages(analysis.graph).filter(reference => !held.has(reference))
  const base = (text: string, detail: string): AddChoice => ({
    key: `base ${text}`,
    title: text,
    detail,
    addition: { kind: 'base', base: text },
  })
  return [
    {
      heading: 'Images on the engine',
      choices: images.map(({ reference, bytes, created }) =>
        base(reference, `${formatBytes(bytes)}, ${formatAge(now - created)}`),
      ),
    },
    {
      heading: 'Stages of this file',
      choices: stages.flatMap((stage): AddChoice[] => {
        const title = stageTitle(stage)
        return [
          { ...base(title, ''), title: `From ${title}`, detail: 'builds on it' },
          {
            key: `copy ${stage.id}`,
            title: `Copy from ${title}`,
            detail: 'takes files of it',
            addition: { kind: 'copy', stage: stage.id },
          },
        ]
      }),
    },
    {
      heading: 'Images',
      choices: [base('scratch', 'empty'), ...used.map(reference => base(reference, 'used in this file'))],
    },
    {
      heading: 'Starters',
      choices: starters.map(starter => ({
        key: `starter ${starter.name}`,
        title: starter.name,
        detail: starter.summary,
        addition: { kind: 'starter', starter },
      })),
    },
  ]
}
