import type { BuildRequest } from '../../shared/builds/build-events.ts'
import type { BuildProfile } from '../../shared/builds/build-profiles.ts'
import type { BuildSettings } from '../builds/build-settings.ts'
import type { Session } from '../source/session.ts'
import { defaultTag, tagsOf } from './tags.ts'
import { chooseVariant, variantOf } from './variants.ts'
import type { Workspace } from './workspace-state.ts'

interface Sources {
  readonly session: Session
  readonly workspace: Workspace
  readonly buildSettings: BuildSettings
}

/** What the bar and the form say by now. */
export function currentProfile({ session, workspace, buildSettings }: Sources): BuildProfile {
  const { analysis, document } = session.store.getState()
  const { arguments: buildArgs, platform } = variantOf(analysis.inputs)
  const { noCache, options } = buildSettings.getState().last
  const tags = tagsOf(workspace.store.getState().settings.tags[document?.path ?? ''] ?? defaultTag(document))
  return { target: analysis.inputs.target, tags: [...tags], buildArgs, platform, noCache, options }
}

/** The bar, the strip of variants and the graph show what the form chose, and the next plain build does it again. */
export function applyProfile({ session, workspace, buildSettings }: Sources, profile: BuildProfile): void {
  const { settings } = workspace.store.getState()
  const key = session.store.getState().document?.path ?? ''
  workspace.changeSettings({ tags: { ...settings.tags, [key]: profile.tags.join(' ') } })
  buildSettings.choose({ noCache: profile.noCache, options: profile.options })
  chooseVariant(session, workspace, { arguments: profile.buildArgs, platform: profile.platform })
  const { inputs } = session.store.getState().analysis
  if (inputs.target !== profile.target) session.setInputs({ ...inputs, target: profile.target })
}

/** The request of a build of the text as it stands, to what the profile or `stageIndex` says. Null without a document. */
export function requestFor(session: Session, profile: BuildProfile, stageIndex: number | null): BuildRequest | null {
  const { analysis, document } = session.store.getState()
  if (document === null) return null
  const { graph } = analysis
  const byName = profile.target === analysis.inputs.target ? graph.target : null
  const { platform, noCache, options } = profile
  return {
    text: session.text(),
    path: document.path,
    contextDirectory: document.contextDirectory,
    target: stageIndex ?? graph.stages.find(stage => stage.id === byName)?.index ?? profile.target,
    tags: stageIndex === null ? profile.tags : [],
    buildArgs: profile.buildArgs,
    ...(platform !== null && { platform }),
    ...{ noCache, options },
  }
}
