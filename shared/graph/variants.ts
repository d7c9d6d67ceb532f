import type { Analysis, BuildInputs } from '../analysis.ts'
import { expandWord } from '../dockerfile/variables.ts'
import { readTemplate, templateNames, type TemplatePart } from '../dockerfile/word-template.ts'
import { argumentsOf, type ArgumentInEffect, type GlobalTemplates } from './argument-origins.ts'
import { globalArguments } from './global-arguments.ts'
import { sourceOutside } from './stage-drafts.ts'
import type { EdgeSource, Stage, StageId } from './stage-graph.ts'
import { solveTemplate, type Choice } from './template-solver.ts'

/** What is looked at of an analysis. */
export type Analyzed = Pick<Analysis, 'file' | 'inputs' | 'graph'>

/** What a FROM would be with other values of the ARGs that it is written with. */
export interface StageVariants {
  readonly stage: StageId
  /** What its base and its platform depend on, through defaults of ARGs, too. */
  readonly arguments: readonly ArgumentInEffect[]
  /** Bases that other values choose, stages in the file's order first; the one in effect is not among them. */
  readonly alternatives: readonly Alternative[]
  /** The form of the images that all other values name, `*` for what is free: `build-*`. Null where nothing is free. */
  readonly imagePattern: string | null
  /**
   * Nothing is written beside variables and an image is in effect, as in `ARG BASE=alpine` with `FROM $BASE`: every
   * earlier name would do, which tells nothing, so that none is listed.
   */
  readonly isOpen: boolean
}

export interface Alternative {
  readonly base: string
  readonly source: EdgeSource
  /** Each chooses it alone, as build arguments over those given; those that change the fewest come first. */
  readonly choices: readonly Choice[]
}

/** Those of the stages whose base or platform hangs on ARGs, in order. Nothing is computed before this is called. */
export function stageVariants(analysis: Analyzed, stages = analysis.graph.stages): readonly StageVariants[] {
  const { file, inputs } = analysis
  const written = stages.filter(stage => stage.writtenBase.includes('$') || stage.platform?.includes('$'))
  if (written.length === 0) return []
  const templates = argumentsOf(file, inputs)
  return written.map(stage => variantsOf(stage, analysis, templates))
}

function variantsOf(stage: Stage, analysis: Analyzed, templates: GlobalTemplates): StageVariants {
  const { file, graph } = analysis
  const parts = readTemplate(stage.writtenBase, file.escape)
  const names = [...templateNames(parts), ...templateNames(readTemplate(stage.platform ?? '', file.escape))]
  const isFree = parts.some(part => part.kind === 'variable' && templates.isSettable(part.name))
  const isOpen = isFree && parts.every(part => part.kind === 'variable') && stage.baseSource.kind === 'image'
  const bases = new Map<string, Choice[]>()
  const add = (choice: Choice): void => {
    const base = baseWith(choice, stage, analysis)
    if (base === null || base === stage.base) return
    const choices = bases.get(base)
    if (choices === undefined) bases.set(base, [choice])
    else if (choices.length < mostChoices && !choices.some(each => sameChoice(each, choice))) choices.push(choice)
  }
  const earlier = new Set(graph.stages.slice(0, stage.index).map(({ name }) => name))
  earlier.delete('')
  if (!isOpen) for (const name of earlier) solveTemplate(parts, name, templates).forEach(add)
  for (const choice of toggles(parts, templates)) add(choice)
  const alternatives = [...bases].flatMap(([base, choices]): Alternative[] => {
    const source = sourceNamed(base, stage, analysis)
    const fewestFirst = choices.sort((a, b) => Object.keys(a).length - Object.keys(b).length)
    return source === null ? [] : [{ base, source, choices: fewestFirst }]
  })
  return {
    stage: stage.id,
    arguments: templates.inEffect(names),
    alternatives: [...alternatives.filter(isStage), ...alternatives.filter(each => !isStage(each))],
    imagePattern: isFree ? pattern(parts, templates) : null,
    isOpen,
  }
}

/** More ways to the same stage tell nothing new. */
const mostChoices = 8

function isStage({ source }: Alternative): boolean {
  return source.kind === 'stage'
}

function sameChoice(a: Choice, b: Choice): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The inputs of the analysis with the values of a choice over them. */
export function inputsWith(choice: Choice, inputs: BuildInputs): BuildInputs {
  return { ...inputs, buildArgs: { ...inputs.buildArgs, ...choice } }
}

/** Read as BuildKit would, so that no choice is told that does not work. */
function baseWith(choice: Choice, stage: Stage, { file, inputs }: Analyzed): string | null {
  const { values, problems } = globalArguments(file, inputsWith(choice, inputs))
  if (problems.length > 0) return null
  const result = expandWord(stage.writtenBase, values, file.escape)
  return result.kind === 'failed' || result.lexed.text === '' ? null : result.lexed.text
}

/** Null where neither a stage nor an image can be called so. */
function sourceNamed(base: string, stage: Stage, { graph, inputs }: Analyzed): EdgeSource | null {
  const named = graph.stages.slice(0, stage.index).findLast(({ name }) => name === base)
  if (named !== undefined) return { kind: 'stage', stage: named.id }
  const outside = sourceOutside(base, inputs)
  return typeof outside === 'string' ? null : outside
}

/** What setting or emptying the variables of modifiers does, one at a time: `${X:-y}` is y without an X. */
function toggles(parts: readonly TemplatePart[], templates: GlobalTemplates): Choice[] {
  return parts.flatMap(part => {
    if (part.kind === 'literal') return []
    const inner = toggles(part.word, templates)
    const { modifier, name } = part
    if (modifier === '' || modifier === 'pattern' || !templates.isSettable(name)) return inner
    return [{ [name]: '' }, ...(modifier.endsWith('+') ? [{ [name]: 'true' }] : []), ...inner]
  })
}

function pattern(parts: readonly TemplatePart[], templates: GlobalTemplates): string {
  return parts.map(part => (part.kind === 'literal' ? part.text : templates.isSettable(part.name) ? '*' : '')).join('')
}
