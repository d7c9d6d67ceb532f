import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { descriptionOf, setDescription } from '../../shared/edits/set-description.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const describe =
  (title: string, text: string): Gesture =>
  (analysis, stage) =>
    setDescription(analysis, stage(title), text)

test('EDIT-34 a description stands right above FROM', () =>
  expectEdit(
    'FROM a\r\n\r\n# about both\r\nFROM b AS Build\r\n',
    describe('Build', '  compiles\nthe program '),
    'FROM a\r\n\r\n# about both\r\n# build compiles the program\r\nFROM b AS Build\r\n',
  ))

test('only the words after the name change', () => {
  const text = '#  build   old words \n# check=skip=all\n\nFROM b AS build\n'
  expectEdit(text, describe('build', 'new'), '#  build   new \n# check=skip=all\n\nFROM b AS build\n')
  expectEdit(text, describe('build', ''), '\n\n# check=skip=all\n\nFROM b AS build\n')
  expectEdit(text, describe('build', 'old words'), text)
})

test('an indented comment and one beyond a bare # do not describe', () => {
  for (const text of ['  # build x\nFROM a AS build\n', '# build x\n#\nFROM a AS build\n']) {
    const analysis = analyze(text)
    expect(analysis.graph.stages.map(stage => descriptionOf(analysis, stage))).toEqual([null])
  }
})

test('EDIT-34 a description never becomes a directive', () =>
  expectEdit('FROM a AS syntax\n', describe('syntax', '= x'), '\n\n# syntax = x\nFROM a AS syntax\n'))

test('an unnamed stage has none', () =>
  expectRefusal(
    'FROM a\n',
    describe('stage 0', 'x'),
    'stage 0 has no name, and a description starts with it: name it first.',
  ))
