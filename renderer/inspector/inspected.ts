import { createContext, useContext, useEffect, useRef, useState } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { Selection } from '../../shared/selection.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'

/** What became of a gesture. */
export type Applied = { readonly kind: 'written' | 'unchanged' } | { readonly kind: 'refused'; readonly reason: string }

/** What the fields of the inspector have in common. */
export interface Inspected {
  readonly analysis: Analysis
  /** Names what is selected, whatever else stands in the text. */
  readonly subject: string
  /** By subject and field. Values outlive their fields: nobody types anything twice because another card was clicked. */
  readonly drafts: Map<string, string>
  /** Images of the engine at hand, as FROM takes them. */
  readonly images: readonly string[]
  /** Writes a gesture as one undo step. */
  readonly apply: (outcome: EditOutcome) => Applied
  readonly select: (selection: Selection) => void
  readonly showText: (range: TextRange) => void
}

export const InspectedContext = createContext<Inspected | null>(null)

export function useInspected(): Inspected {
  const inspected = useContext(InspectedContext)
  if (inspected === null) throw new Error('A part of the inspector is drawn outside it.')
  return inspected
}

interface Typed {
  readonly text: string
  /** The analysis in which it was written, which still tells of the text before; null while it is being typed. */
  readonly writtenIn: Analysis | null
}

interface Draft {
  /** What the field shows instead of what the text says; null where it shows that. */
  readonly shown: string | null
  readonly isTyped: boolean
  readonly type: (text: string) => void
  readonly drop: () => void
  /** It is in the text now, and the analysis will say so in a moment. */
  readonly written: () => void
}

/** What was typed into a field and is not in the text yet. */
export function useDraft(field: string): Draft {
  const { analysis, subject, drafts } = useInspected()
  const key = `${subject}\n${field}`
  const [typed, setTyped] = useState<Typed | null>(() => {
    const kept = drafts.get(key)
    return kept === undefined ? null : { text: kept, writtenIn: null }
  })
  const isTyped = typed !== null && typed.writtenIn === null
  const keptAs = useRef<string | null>(null)
  useEffect(() => {
    if (keptAs.current !== null) drafts.delete(keptAs.current)
    keptAs.current = isTyped ? key : null
    if (isTyped) drafts.set(key, typed.text)
  }, [drafts, key, isTyped, typed])
  return {
    shown: typed !== null && (isTyped || typed.writtenIn === analysis) ? typed.text : null,
    isTyped,
    type: text => setTyped({ text, writtenIn: null }),
    drop: () => setTyped(null),
    written: () => setTyped(now => now && { ...now, writtenIn: analysis }),
  }
}
