import { expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { buildForm } from '../../shared/builds/build-form.ts'

test('the form is filled from the file: arguments with defaults and descriptions, secrets, agents, contexts, stages', () => {
  const text = [
    '# BASE the image that everything starts from',
    'ARG BASE=alpine:3',
    'ARG TARGETARCH',
    'FROM $BASE AS Deps',
    '# Which registry packages come from.',
    'ARG REGISTRY',
    'ARG BASE',
    'RUN --mount=type=secret,id=npm,required=true --mount=type=ssh make',
    'RUN --mount=type=secret,target=/run/secrets/token --mount=type=ssh,id=git --mount=type=secret,id=npm make',
    'FROM docs',
    'COPY --from=deps /a /a',
    'COPY --from=vendor /b /b',
    'COPY --from=alpine:3 /c /c',
  ].join('\n')
  expect(buildForm(analyze(text, { ...defaultInputs, namedContexts: ['vendor'] }))).toEqual({
    arguments: [
      { name: 'BASE', fallback: 'alpine:3', description: 'the image that everything starts from' },
      { name: 'REGISTRY', fallback: null, description: 'Which registry packages come from.' },
    ],
    secrets: [
      { id: 'npm', required: true },
      { id: 'token', required: false },
    ],
    agents: ['default', 'git'],
    contexts: expect.arrayContaining(['docs', 'vendor']) as unknown,
    stages: ['Deps'],
  })
})
