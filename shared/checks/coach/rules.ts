import type { Check } from '../check.ts'
import { buildToolsInFinalStage } from './build-tools-in-final-stage.ts'
import { copyFromAncestor } from './copy-from-ancestor.ts'
import { duplicateDestination } from './duplicate-destination.ts'
import { indexInsteadOfName } from './index-instead-of-name.ts'
import { movingTag } from './moving-tag.ts'
import { rootOwnedCopy } from './root-owned-copy.ts'
import { secretCopied } from './secret-copied.ts'
import { sourceNotFound } from './source-not-found.ts'
import { unusedStage } from './unused-stage.ts'
import { unwrittenSource } from './unwritten-source.ts'
import { wholeFilesystemCopy } from './whole-filesystem-copy.ts'
import { wholeWorkdirCopy } from './whole-workdir-copy.ts'

/** Slipway's own advice: hints about what works and will surprise some day. */
export const coachRules: readonly Check[] = [
  indexInsteadOfName,
  unusedStage,
  copyFromAncestor,
  wholeFilesystemCopy,
  wholeWorkdirCopy,
  movingTag,
  duplicateDestination,
  unwrittenSource,
  sourceNotFound,
  secretCopied,
  rootOwnedCopy,
  buildToolsInFinalStage,
]
