import type { BuildEvent } from '../../../shared/builds/build-events.ts'
import { parseDockerfile } from '../../../shared/dockerfile/parse.ts'
import type { Instruction } from '../../../shared/dockerfile/syntax.ts'

type PlannedStep = Extract<BuildEvent, { kind: 'planned' }>['steps'][number]

/** What a classic builder may do of a text: one step an instruction, each after the one before it. */
export function classicPlan(text: string): readonly PlannedStep[] {
  const { instructions } = parseDockerfile(text)
  let stage = 0
  let index = 0
  let before: string | null = null
  return instructions.flatMap((instruction: Instruction) => {
    const isFrom = instruction.keyword === 'FROM'
    if (isFrom) {
      stage++
      index = 0
      before = null
    }
    if (stage === 0) return []
    const vertex = vertexOf(stage, ++index)
    const inputs = before === null ? [] : [before]
    before = vertex
    const { line, endLine, raw } = instruction
    return [{ vertex, name: `[${String(stage)}] ${raw.trim()}`, lines: [{ start: line, end: endLine }], inputs }]
  })
}

const vertexOf = (stage: number, index: number | '') => `stage ${String(stage)} step ${String(index)}`

const podmanStep = /^(?:\[(\d+)\/\d+\] )?STEP (\d+)\/(\d+): /
const dockerStep = /^Step (\d+)\/\d+ : /
const cached = /^ ?-*> Using cache/
const done = /^(?: ?-+> [0-9a-f]{11,12}$|(?:\[\d+\/\d+\] )?COMMIT\b)/
const noise =
  /^(?: -+> Running in |Removed? ?(?:intermediate|ing)|Removing intermediate|Successfully (?:built|tagged)|[0-9a-f]{64}$)/

/**
 * Reads what a classic builder writes. Its own lines and the output of steps come in one stream; only a line that begins
 * as the builder's do is taken for one.
 */
export class ClassicOutput {
  readonly #plan: ReadonlyMap<string, PlannedStep>
  /** Docker counts all instructions, those before the first FROM included. */
  readonly #counted: readonly (PlannedStep | null)[]
  readonly #started = new Map<string, number>()
  #running: PlannedStep | null = null
  #isCached = false
  #rest = ''
  #printed = ''
  readonly #ended = new Set<string>()

  constructor(plan: readonly PlannedStep[], instructions: number) {
    this.#plan = new Map(plan.map(step => [step.vertex, step]))
    this.#counted = [...Array<null>(instructions - plan.length).fill(null), ...plan]
  }

  /** The step that runs, or ran last. */
  get running(): PlannedStep | null {
    return this.#running
  }

  /** The end of what that step printed. */
  get printed(): string {
    return this.#printed
  }

  *read(text: string): Generator<BuildEvent> {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) yield* this.#line(line)
  }

  /** What the last step came to. */
  *end(state: 'done' | 'failed' | 'cancelled', error: string | null = null): Generator<BuildEvent> {
    if (this.#rest !== '') yield* this.#line(this.#rest)
    this.#rest = ''
    yield* this.#close(state, error)
  }

  *say(text: string): Generator<BuildEvent> {
    if (this.#running) yield { kind: 'log', vertex: this.#running.vertex, stream: 'stderr', text: `${text}\n` }
  }

  *#line(line: string): Generator<BuildEvent> {
    const step = this.#stepBegunBy(line)
    // A trigger of the base image belongs to the FROM that runs it.
    if (step && step === this.#running) yield* this.#log(line)
    else if (step) {
      yield* this.#close('done', null)
      this.#running = step
      this.#printed = ''
      this.#started.set(step.vertex, Date.now())
      yield this.#event(step, 'running', null, null)
    } else if (cached.test(line)) this.#isCached = true
    else if (done.test(line)) yield* this.#close('done', null)
    else if (!noise.test(line)) yield* this.#log(line)
  }

  *#log(line: string): Generator<BuildEvent> {
    if (!this.#running) return
    this.#printed = `${this.#printed}${line}\n`.slice(-2_000)
    yield { kind: 'log', vertex: this.#running.vertex, stream: 'stdout', text: `${line}\n` }
  }

  #stepBegunBy(line: string): PlannedStep | null {
    const podman = podmanStep.exec(line)
    if (podman) {
      const [stage, index, count] = [Number(podman[1] ?? 1), Number(podman[2]), Number(podman[3])]
      const planned = [...this.#plan.keys()].filter(vertex => vertex.startsWith(vertexOf(stage, ''))).length
      // Podman counts the triggers of a base image, too, once it knows them: they come after FROM.
      const triggers = Math.max(0, count - planned)
      return this.#plan.get(vertexOf(stage, Math.max(1, index - triggers))) ?? null
    }
    const docker = dockerStep.exec(line)
    return docker ? (this.#counted[Number(docker[1]) - 1] ?? null) : null
  }

  *#close(state: 'done' | 'failed' | 'cancelled', error: string | null): Generator<BuildEvent> {
    const step = this.#running
    if (!step || this.#ended.has(step.vertex)) return
    this.#ended.add(step.vertex)
    yield this.#event(step, state === 'done' && this.#isCached ? 'cached' : state, Date.now(), error)
    this.#isCached = false
  }

  #event(
    { vertex, name }: PlannedStep,
    state: Extract<BuildEvent, { kind: 'step' }>['state'],
    completed: number | null,
    error: string | null,
  ): BuildEvent {
    const started = this.#started.get(vertex) ?? null
    return { kind: 'step', vertex, name, state, started, completed, error }
  }
}
