/**
 * Edits the Dockerfiles of SLIPWAY_SHARED at random and undoes it all; prints counts and what failed.
 *
 *   npm run fuzz [-- EDITS [SEED]]
 */
import { runBundled } from '../runner/bundled.mjs'

await runBundled(['test/fuzz/main.ts'])
