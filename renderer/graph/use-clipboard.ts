import { useEffect, type RefObject } from 'react'
import { stageText } from '../../shared/edits/copy-stages.ts'
import { belowStages, duplicateStages } from '../../shared/edits/duplicate-stages.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { pasteStages } from '../../shared/edits/paste-stages.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import { selectedStages } from '../../shared/selection.ts'
import { notify } from '../ui/notices.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import { askToRemove } from './ask-to-remove.ts'
import type { PaneStore } from './pane-store.ts'
import { useLatest } from './use-latest.ts'

export interface Clipboard {
  readonly copy: (stages: readonly StageId[]) => void
  /** With the place, in window pixels, at which to ask whether what depends on them may go. */
  readonly cut: (stages: readonly StageId[]) => void
  readonly paste: () => void
  readonly duplicate: (stages: readonly StageId[]) => void
}

/** The clipboard holds the Dockerfile text of stages: what is copied here can be pasted anywhere, and the other way round. */
export function useClipboard(
  props: GraphPaneProps & { readonly store: PaneStore },
  pane: RefObject<HTMLDivElement | null>,
): Clipboard {
  const { analysis, selection, store } = props

  /** Writes new stages, which are selected as soon as they are there. */
  const add = (outcome: EditOutcome) => {
    const known = new Set(analysis.graph.stages.map(stage => stage.id))
    store.setState({ expected: { known, place: null, copyFrom: null, at: middleOf(pane.current) } })
    if (!props.perform(outcome) || outcome.kind !== 'edits') store.setState({ expected: null })
    else store.setState({ announcement: outcome.title })
  }
  const insert = (text: string) => add(pasteStages(analysis, text, belowStages(analysis, selectedStages(selection))))
  const remove = (stages: readonly StageId[]) => askToRemove(props, stages, middleOf(pane.current))
  const write = (stages: readonly StageId[], then: () => void) => {
    navigator.clipboard
      .writeText(stageText(analysis, stages))
      .then(then, () =>
        notify('Nothing was copied: the clipboard cannot be written to. Press the shortcut on the canvas.', 'error'),
      )
  }

  const latest = useLatest({ analysis, selection, insert, remove })
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    // The clipboard's events go to where text is selected, and not to what has the focus.
    const isOurs = () =>
      pane.current?.contains(document.activeElement) === true && !(document.activeElement instanceof HTMLInputElement)
    const take = (event: ClipboardEvent) => {
      const stages = selectedStages(latest.current.selection)
      if (!isOurs() || stages.length === 0) return
      event.preventDefault()
      event.clipboardData?.setData('text/plain', stageText(latest.current.analysis, stages))
      if (event.type === 'cut') latest.current.remove(stages)
    }
    document.addEventListener('copy', take, { signal })
    document.addEventListener('cut', take, { signal })
    document.addEventListener(
      'paste',
      event => {
        if (!isOurs()) return
        event.preventDefault()
        latest.current.insert(event.clipboardData?.getData('text/plain') ?? '')
      },
      { signal },
    )
    return () => listening.abort()
  }, [pane, latest])

  return {
    copy: stages => write(stages, () => store.setState({ announcement: 'Copied' })),
    cut: stages => write(stages, () => latest.current.remove(stages)),
    paste() {
      navigator.clipboard.readText().then(
        text => latest.current.insert(text),
        () => notify('The clipboard cannot be read from here. Press the shortcut for Paste on the canvas.', 'error'),
      )
    },
    duplicate: stages => add(duplicateStages(analysis, stages)),
  }
}

function middleOf(element: HTMLElement | null) {
  const { left = 0, top = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {}
  return { x: left + width / 2, y: top + height / 2 }
}
