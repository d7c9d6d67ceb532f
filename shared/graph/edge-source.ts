import { stageTitle, type EdgeSource, type Stage } from './stage-graph.ts'

/** What a person calls where an edge comes from. A named context is called by its name. */
export function sourceTitle(source: EdgeSource, stages: readonly Stage[]): string {
  switch (source.kind) {
    case 'stage': {
      const stage = stages.find(each => each.id === source.stage)
      return stage === undefined ? 'a stage' : stageTitle(stage)
    }
    case 'image':
      return source.reference
    case 'scratch':
      return 'scratch'
    case 'context':
      return source.name === '' ? 'build context' : source.name
    case 'unresolved':
      return source.text
  }
}

/** The same for two sources only where they are the same one. */
export function sourceKey(source: EdgeSource): string {
  switch (source.kind) {
    case 'stage':
      return `stage:${source.stage}`
    case 'image':
      return `image:${source.reference}`
    case 'scratch':
      return 'scratch'
    case 'context':
      return `context:${source.name}`
    case 'unresolved':
      return `unresolved:${source.text}`
  }
}
