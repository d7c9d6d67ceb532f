import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { buildForm } from '../../shared/builds/build-form.ts'
import { dockerCommand } from '../../shared/builds/docker-command.ts'
import { BuildDialog } from '../builds/BuildDialog.tsx'
import type { BuildSettings } from '../builds/build-settings.ts'
import type { Session } from '../source/session.ts'
import { applyProfile, currentProfile, requestFor } from './build-request.ts'
import { notify } from '../ui/notices.ts'
import { profileProblem } from './profile-problem.ts'
import type { Workspace } from './workspace-state.ts'

interface BuildFormDialogProps {
  readonly session: Session
  readonly workspace: Workspace
  readonly buildSettings: BuildSettings
  readonly onBuild: () => void
  readonly onDismiss: () => void
}

/** The build form over the open document. */
export function BuildFormDialog({ onBuild, onDismiss, ...sources }: BuildFormDialogProps) {
  const { session, buildSettings } = sources
  const analysis = useStore(session.store, state => state.analysis)
  const named = useStore(buildSettings, state => state.named)
  const form = useMemo(() => buildForm(analysis), [analysis])
  const [initial] = useState(() => currentProfile(sources))
  return (
    <BuildDialog
      form={form}
      initial={initial}
      named={named}
      problem={profileProblem}
      onBuild={profile => {
        applyProfile(sources, profile)
        onDismiss()
        onBuild()
      }}
      onCopy={profile => {
        const request = requestFor(session, profile, null)
        if (request === null) return
        const named = { ...request, target: profile.target }
        navigator.clipboard.writeText(dockerCommand(named)).then(
          () => notify('The command was copied. It builds the file as it is on disk.'),
          () => notify('The clipboard cannot be written here. Allow it for this page, then copy again.', 'error'),
        )
      }}
      onKeep={(name, profile) => buildSettings.keep(name, profile)}
      onDismiss={onDismiss}
    />
  )
}
