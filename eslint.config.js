import js from '@eslint/js'
import tseslint from 'typescript-eslint'
import reactHooks from 'eslint-plugin-react-hooks'

/** A border between folders: what `files` may not import, and the sentence that names the right way. */
const border = (files, ignores, patterns) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
})
const forbid = (group, message) => ({ group, message })
const forbidMatch = (regex, message) => ({ regex, message })

const noRenderer = forbid(['**/renderer/**'], 'Only renderer/ may import renderer/. Move what both need to shared/.')
const noElectronFolder = forbid(
  ['**/electron/**'],
  'The renderer reaches the host only through shared/bridge (connect).',
)
const noNode = forbid(['node:*'], 'No Node here: put it in electron/host and reach it through shared/bridge.')
const noElectron = forbidMatch(
  '^electron($|/)',
  'electron/host runs without Electron too: keep `electron` imports in electron/*.ts.',
)
const noReact = forbid(
  ['react', 'react-dom', 'zustand', '@xyflow/*', '@codemirror/*'],
  'shared/ is pure: no UI library.',
)
const onlySchema = forbid(['zod'], 'Import z from shared/schema.ts, which sets it up for the content security policy.')
const onlySource = forbid(['@codemirror/*', '@lezer/*'], 'Only renderer/source imports CodeMirror; use its exports.')
const onlyGraph = forbid(['@xyflow/*'], 'Only renderer/graph imports React Flow; use its exports.')

const pageGlobals = [
  'addEventListener',
  'HTMLLinkElement',
  'HTMLScriptElement',
  'location',
  'sessionStorage',
  'setTimeout',
]
const nodeGlobals = [
  'process',
  'console',
  'performance',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'URL',
  'AbortSignal',
  'AbortController',
  'Buffer',
  'fetch',
]

export default tseslint.config(
  { ignores: ['dist', 'release', 'test-results', 'electron/host/engine/protocol/generated'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: [
          'shared/tsconfig.json',
          'electron/tsconfig.json',
          'electron/tsconfig.preload.json',
          'renderer/tsconfig.json',
          'test/tsconfig.json',
        ],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/prefer-nullish-coalescing': 'error',
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true } },
      ],
      eqeqeq: 'error',
    },
  },
  { files: ['renderer/**/*.tsx', 'renderer/**/*.ts'], ...reactHooks.configs.flat.recommended },
  // Warns of @tanstack/react-virtual for the sake of React's compiler, which the bundles do not use.
  { files: ['renderer/ui/use-row-window.ts'], rules: { 'react-hooks/incompatible-library': 'off' } },
  {
    files: ['renderer/public/*.js'],
    languageOptions: { globals: Object.fromEntries(pageGlobals.map(name => [name, 'readonly'])) },
  },
  {
    files: ['build/**/*.mjs', 'test/**/*.mjs', '*.js'],
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map(name => [name, 'readonly'])) },
  },
  border(['shared/**'], ['shared/schema.ts'], [noRenderer, noElectronFolder, noNode, noElectron, noReact, onlySchema]),
  border(
    ['renderer/**'],
    ['renderer/source/**', 'renderer/graph/**'],
    [noElectronFolder, noNode, noElectron, onlySchema, onlySource, onlyGraph],
  ),
  border(['renderer/source/**'], [], [noElectronFolder, noNode, noElectron, onlySchema, onlyGraph]),
  border(['renderer/graph/**'], [], [noElectronFolder, noNode, noElectron, onlySchema, onlySource]),
  // A path says only how far up it leads, so there is one border for each depth.
  ...[1, 2, 3].map(depth =>
    border(
      [`electron/host${'/*'.repeat(depth)}.ts`],
      [],
      [
        noElectron,
        onlySchema,
        forbidMatch(
          `^(\\.\\./){${depth}}(?!\\.\\./shared/)`,
          'electron/host knows nothing of the programs around it, nor of the renderer. Hand it in, or move it to shared/.',
        ),
      ],
    ),
  ),
  border(['electron/**'], ['electron/host/**'], [noRenderer, onlySchema]),
  { files: ['vitest.config.ts', 'build/**/*.ts'], rules: { 'no-restricted-exports': 'off' } },
)
