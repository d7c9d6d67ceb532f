import { coachRules } from '../../shared/checks/coach/rules.ts'
import { expect } from 'vitest'
import { analyze, defaultInputs, type Analysis, type BuildInputs } from '../../shared/analysis.ts'
import type { ImageConfig } from '../../shared/surroundings.ts'
import { stageTitle, type EdgeSource, type StageGraph } from '../../shared/graph/stage-graph.ts'

/** Dockerfile text without the indentation of the test around it. */
export function dockerfile(text: string): string {
  const lines = text.split('\n')
  if (lines[0]?.trim() === '') lines.shift()
  if (lines.at(-1)?.trim() === '') lines.pop()
  const indent = Math.min(
    ...lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length),
  )
  return lines.map(line => line.slice(indent)).join('\n') + '\n'
}

/** Edges as `deps -copy-> web`; images in angle brackets, contexts in round ones, what names nothing with question marks. */
export function edgeNotation(graph: StageGraph): string[] {
  const titles = new Map(graph.stages.map(stage => [stage.id, stageTitle(stage)]))
  const name = (source: EdgeSource): string => {
    switch (source.kind) {
      case 'stage':
        return titles.get(source.stage) ?? 'nowhere'
      case 'image':
        return `<${source.reference}>`
      case 'scratch':
        return '<empty>'
      case 'context':
        return `(${source.name})`
      case 'unresolved':
        return `?${source.text}?`
    }
  }
  return graph.edges.map(edge => `${name(edge.from)} -${edge.kind}-> ${titles.get(edge.to) ?? 'nowhere'}`)
}

/** Checks the edges that are not from images by FROM: those are in every file and say nothing new. */
export function expectGraph(text: string, expected: string, inputs: Partial<BuildInputs> = {}): Analysis {
  const analysis = analyze(dockerfile(text), { ...defaultInputs, ...inputs })
  const edges = edgeNotation(analysis.graph).filter(edge => !edge.startsWith('<') || !edge.includes('-base->'))
  expect(edges).toEqual(
    expected
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== ''),
  )
  return analysis
}

const advice = new Set(coachRules.map(({ rule }) => rule))

/** Findings as `line severity rule`, but for advice. */
export function findings({ diagnostics }: Analysis): string[] {
  return diagnostics
    .filter(({ rule }) => !advice.has(rule))
    .map(({ line, severity, rule }) => `${line} ${severity} ${rule}`)
}

/** What the engine tells of an image for its own platform. */
export function withTriggers(triggers: string[]): ImageConfig {
  return { platform: 'linux/amd64', environment: [], triggers, workingDirectory: '', user: '' }
}
