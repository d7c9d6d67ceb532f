import { expect, test } from 'vitest'
import { analyze, defaultInputs, type BuildInputs } from '../../shared/analysis.ts'
import { variantsOf } from '../../shared/graph/variant-arguments.ts'
import { dockerfile } from './expect-graph.ts'

const of = (text: string, inputs: Partial<BuildInputs> = {}) =>
  variantsOf(analyze(dockerfile(text), { ...defaultInputs, ...inputs }))

const flavours = `
  ARG VARIANT=prod
  ARG OTHER=1
  FROM alpine AS build-dev
  FROM alpine AS build-prod
  FROM build-\${VARIANT} AS app
`

test('an ARG that FROM depends on is offered with its default and the values that select stages', () => {
  const offered = { name: 'VARIANT', fallback: 'prod', values: ['dev', 'prod'] }
  expect(of(flavours)).toEqual({ arguments: [{ ...offered, given: null }], platform: null })
  const given = of(flavours, { buildArgs: { VARIANT: 'dev' } }).arguments
  expect(given).toEqual([{ ...offered, given: 'dev' }])
})

test('an ARG that names an image alone has no list of values', () =>
  expect(of('ARG TAG=3.20\nFROM alpine:$TAG').arguments).toEqual([
    { name: 'TAG', given: null, fallback: '3.20', values: [] },
  ]))

test('a name without ARG cannot be given a value and is not offered', () =>
  expect(of('FROM alpine:$TAG')).toEqual({ arguments: [], platform: null }))

test('the target platform is offered where something is written for it, with what stages are called', () => {
  const { arguments: none, platform } = of('FROM scratch AS for-s390x\nFROM scratch AS for-amd64\nFROM for-$TARGETARCH')
  expect(none).toEqual([])
  expect(platform?.fallback).toBe('linux/amd64')
  expect(platform?.values).toContain('linux/s390x')
  expect(of('FROM --platform=$BUILDPLATFORM alpine').platform).not.toBeNull()
})
