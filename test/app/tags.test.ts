import { expect, test } from 'vitest'
import { tagProblem } from '../../renderer/app/tags.ts'

test('names that engines take are taken', () => {
  for (const tag of [
    'a',
    'app:latest',
    'my-app_x.y:1.2-rc_3',
    'localhost:5000/a/b:V1',
    'ghcr.io/own/app',
    'a__b',
    '[::1]:5000/a',
  ])
    expect(tagProblem(tag), tag).toBeNull()
})

test('names that engines refuse are refused with the name and what to write', () => {
  for (const tag of [
    'Bad Tag!!',
    'Upper',
    ':1',
    '-a',
    'a:',
    'a:b:c',
    'a//b',
    'a/',
    'a:-x',
    'a,b',
    `a:${'x'.repeat(129)}`,
  ])
    expect(tagProblem(tag), tag).toContain(`“${tag}” is no name for an image`)
})
