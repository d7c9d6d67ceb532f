/** package.json's version, put in by build/bundle.mjs (and by vitest.config.ts for the tests). */
declare const __VERSION__: string
