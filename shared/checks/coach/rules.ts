import type { Check } from '../check.ts'
import { copyFromAncestor } from './copy-from-ancestor.ts'
import { duplicateDestination } from './duplicate-destination.ts'
import { indexInsteadOfName } from './index-instead-of-name.ts'
import { movingTag } from './moving-tag.ts'
import { unusedStage } from './unused-stage.ts'
import { wholeFilesystemCopy } from './whole-filesystem-copy.ts'

/** Slipway's own advice: hints about what works and will surprise some day. */
export const coachRules: readonly Check[] = [
  indexInsteadOfName,
  unusedStage,
  copyFromAncestor,
  wholeFilesystemCopy,
  movingTag,
  duplicateDestination,
]
