import { createContext } from 'react'
import type { DrawnEdge } from '../../shared/drawing/edge-model.ts'

/** Selects a drawn edge; of folded ones the first, which unfolds them. */
export const EdgeSelectContext = createContext<(edge: DrawnEdge) => void>(() => undefined)
