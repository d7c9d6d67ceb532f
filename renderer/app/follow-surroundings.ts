import type { HostApi } from '../../shared/bridge/contract.ts'
import { hasEnded } from '../../shared/builds/build-state.ts'
import { sizesOf } from '../../shared/builds/build-sizes.ts'
import type { FileSystemReference } from '../../shared/files/file-listing.ts'
import { readIgnoreFile } from '../../shared/files/ignore-pattern.ts'
import { baseImages } from '../../shared/graph/base-images.ts'
import { readPlatform } from '../../shared/graph/platforms.ts'
import type { Surroundings } from '../../shared/surroundings.ts'
import { stagesWorthListing } from '../../shared/files/worth-listing.ts'
import type { BuildStore } from '../builds/build-store.ts'
import { fileStoreOf } from '../files/file-store.ts'
import type { Session } from '../source/session.ts'

/** Typing goes on meanwhile: only bases that stand still are asked for. */
const settleMilliseconds = 500
/** An engine that is not there may come: it is looked for after this, and then ever more seldom. */
const patienceMilliseconds = 2_000

/** Tells the session what lies around its document, as long as the window lives. What cannot be had is left unknown. */
export function followSurroundings(host: HostApi, session: Session, builds: BuildStore): void {
  let leaving = new AbortController()
  let asking = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let weighing: ReturnType<typeof setTimeout> | undefined
  /** The bases that were asked for last; null where they must be asked for again. */
  let asked: string | null = null

  function learn(news: Partial<Surroundings>): void {
    const known = session.store.getState().analysis.surroundings
    session.setSurroundings({ ...known, ...news })
  }

  async function followIgnoreFile(path: string, contextDirectory: string, signal: AbortSignal): Promise<void> {
    const watched = host.stream('documents.watchIgnoreFile', { path, contextDirectory }, signal)
    for await (const { text } of watched) learn({ ignored: text === null ? null : readIgnoreFile(text) })
  }

  async function inspectImages(patience: number): Promise<void> {
    const { document, analysis } = session.store.getState()
    if (document === null) return
    const references = baseImages(analysis.graph)
    const key = references.join(' ')
    if (key === asked) return
    asked = key
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    const { platform, images } = await host.call('engine.inspectImages', { references: [...references] }, signal)
    // The answer may have been on its way when the next question was asked.
    if (signal.aborted) return
    if (platform === null) {
      asked = null
      inspectImagesSoon(patience, 2 * patience)
      return
    }
    const read = readPlatform(platform)
    const { inputs } = session.store.getState().analysis
    const buildPlatform = read.kind === 'platform' ? read.platform : inputs.buildPlatform
    session.setInputs({ ...inputs, buildPlatform, images })
  }

  function inspectImagesSoon(wait = settleMilliseconds, patience = patienceMilliseconds): void {
    clearTimeout(timer)
    // A lost host is told of by whoever asks it for something.
    timer = setTimeout(() => void inspectImages(patience).catch(() => undefined), wait)
  }

  /** Stages are listed one after the other: kept is what all of them weigh. */
  function weighSoon(): void {
    clearTimeout(weighing)
    weighing = setTimeout(() => {
      const { build } = builds.getState()
      const listings = files
        .getState()
        .known.filter(({ reference }) => reference.build === build?.build && isWholeStage(reference))
      if (build === null || build.build === null || listings.length === 0) return
      const { request } = build
      const sizes = sizesOf(request, new Map(listings.map(({ reference, tree }) => [reference.stage, tree])))
      host.call('history.weigh', { path: request.path, build: build.build, sizes }).catch(() => undefined)
    }, settleMilliseconds)
  }

  const files = fileStoreOf(host)
  files.subscribe(({ known }, { known: before }) => {
    const { held, heldAnalysis, heldPlatforms } = builds.getState()
    const listings = known.filter(({ reference }) => reference.build === held && isWholeStage(reference))
    // What the build before left to look at serves until there is something newer.
    if (known === before || listings.length === 0 || heldAnalysis === null) return
    weighSoon()
    const { stages } = heldAnalysis.graph
    const trees = new Map(
      listings.flatMap(({ reference, tree }) => {
        const stage = stages[reference.stage]
        return stage === undefined ? [] : [[stage.id, tree]]
      }),
    )
    learn({ listed: { pinned: heldAnalysis, trees, platform: heldPlatforms[0] } })
  })
  builds.subscribe(({ build, held, heldStages }, { held: before }) => {
    if (held === null || held === before || build === null) return
    const { expected } = session.store.getState().analysis.surroundings
    const pinned = heldStages.flatMap(({ id, index }) => (expected.has(id) ? [index] : []))
    const worth = stagesWorthListing(build.analysis.graph, heldStages, build.request.target)
    files.learn(held, [...new Set([...worth, ...pinned])])
  })
  builds.subscribe(({ build }, { build: before }) => {
    if (build === null || build.phase === before?.phase || !hasEnded(build.phase)) return
    asked = null
    inspectImagesSoon()
  })
  session.store.subscribe(
    ({ document, analysis, editor }, { document: before, analysis: analysisBefore, editor: editorBefore }) => {
      if (analysis.graph !== analysisBefore.graph) inspectImagesSoon()
      if (document === before) return
      // Saved under another name it is still the same text, with the same builds.
      if (editor !== editorBefore && document?.path) void builds.reopen(document.path)
      asked = null
      learn({ listed: null })
      leaving.abort()
      leaving = new AbortController()
      const { path = null, contextDirectory = null } = document ?? {}
      if (path === null || contextDirectory === null) return
      followIgnoreFile(path, contextDirectory, leaving.signal).catch(() => undefined)
    },
  )
}

/** What the graph tells of: all steps, for the first platform. */
function isWholeStage({ line, platform }: FileSystemReference): boolean {
  return line === undefined && platform === undefined
}
