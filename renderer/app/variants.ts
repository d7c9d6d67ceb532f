import type { BuildInputs } from '../../shared/analysis.ts'
import type { Variant } from '../../shared/bridge/contract.ts'
import { platformText, readPlatform } from '../../shared/graph/platforms.ts'
import { without } from '../../shared/records.ts'
import type { Session } from '../source/session.ts'
import type { Workspace } from './workspace-state.ts'

/** The values that a file's graph is resolved with and that it is built with: kept beside it, never written into it. */
export function variantOf(inputs: BuildInputs): Variant {
  const { buildArgs, targetPlatform } = inputs
  return { arguments: { ...buildArgs }, platform: targetPlatform === null ? null : platformText(targetPlatform) }
}

export function isUsual({ arguments: given, platform }: Variant): boolean {
  return platform === null && Object.keys(given).length === 0
}

/** Resolves the graph with these values from now on, and the next time that the file is opened. */
export function chooseVariant(session: Session, workspace: Workspace, variant: Variant): void {
  resolveWith(session, variant)
  remember(session, workspace, variant)
}

function resolveWith(session: Session, { arguments: buildArgs, platform }: Variant): void {
  const { inputs } = session.store.getState().analysis
  const read = platform === null ? null : readPlatform(platform, inputs.buildPlatform)
  const targetPlatform = read?.kind === 'platform' ? read.platform : null
  session.setInputs({ ...inputs, buildArgs, targetPlatform })
}

function remember(session: Session, workspace: Workspace, variant: Variant): void {
  const key = session.store.getState().document?.path
  // A document without a place has nothing to be found again by.
  if (key === undefined || key === null) return
  const others = without(workspace.store.getState().settings.variants, key)
  workspace.changeSettings({ variants: isUsual(variant) ? others : { ...others, [key]: variant } })
}

/** Takes up what was chosen for a file when it is opened; under another name a document keeps what it has. */
export function followVariants(session: Session, workspace: Workspace): void {
  session.store.subscribe(({ document, analysis }, { document: before }) => {
    if (document === null || document.path === before?.path) return
    const current = variantOf(analysis.inputs)
    if (!isUsual(current)) return remember(session, workspace, current)
    const chosen = workspace.store.getState().settings.variants[document.path ?? '']
    if (chosen !== undefined) resolveWith(session, chosen)
  })
}
