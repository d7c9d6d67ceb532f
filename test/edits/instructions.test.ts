import { describe, test } from 'vitest'
import { addInstruction } from '../../shared/edits/add-instruction.ts'
import { moveInstruction, moveInstructionDown, moveInstructionUp } from '../../shared/edits/move-instruction.ts'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import { setInstruction } from '../../shared/edits/set-instruction.ts'
import { notAStep } from '../../shared/edits/step-edits.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const notOne = 'That would not be one instruction among the others: write one whole instruction.'

describe('EDIT-38 add', () => {
  const add =
    (text: string, after: number | null = null): Gesture =>
    (analysis, stage) =>
      addInstruction(analysis, stage('one'), text, after)

  test('at the end, in the stage’s own hand', () =>
    expectEdit(
      'FROM a AS one\r\n\r\n  RUN x\r\n\r\n  RUN y\r\n\r\nFROM b\r\n',
      add(' RUN a && \\\n    b\n'),
      'FROM a AS one\r\n\r\n  RUN x\r\n\r\n  RUN y\r\n\r\n  RUN a && \\\r\n    b\r\n\r\nFROM b\r\n',
    ))
  test('below FROM and below a step', () => {
    expectEdit('FROM a AS one\nRUN x', add('WORKDIR /w', 0), 'FROM a AS one\nWORKDIR /w\nRUN x')
    expectEdit('FROM a AS one\nRUN x', add('COPY p /q', 1), 'FROM a AS one\nRUN x\nCOPY p /q', {
      edges: '+ context: -context-> one p /q',
    })
  })
  test('what is no one instruction is refused', () => {
    const text = 'FROM a AS one\nRUN x\n'
    expectRefusal(text, add('RUN a\nRUN b'), notOne)
    expectRefusal(text, add('RUN <<EOF', 0), notOne)
    expectRefusal(text, add('RUN a \\', 0), notOne)
    expectRefusal(text, add('from x'), 'Write one instruction, such as `RUN make`; a FROM would be a stage of its own.')
    expectRefusal(text, add('RUN a', 7), notAStep)
    expectRefusal(
      text,
      add('COPPY a b'),
      'That would leave an error on line 3: unknown instruction: COPPY (did you mean COPY?).',
    )
  })
})

describe('EDIT-38 change', () => {
  const set =
    (instruction: number, text: string): Gesture =>
    analysis =>
      setInstruction(analysis, instruction, text)

  test('its text, not its comment or indentation', () =>
    expectEdit(
      'FROM a AS one\nFROM b AS two\n# why\n  COPY --from=one \\\n  /a /b\nRUN x\n',
      set(2, 'RUN y'),
      'FROM a AS one\nFROM b AS two\n# why\n  RUN y\nRUN x\n',
      { edges: '- one -copy-> two /a /b' },
    ))
  test('neither to FROM nor of FROM', () => {
    expectRefusal('FROM a\nRUN x\nRUN y\n', set(1, 'RUN x \\'), notOne)
    expectRefusal('FROM a\nRUN x\n', set(0, 'RUN x'), notAStep)
    expectRefusal('ARG A\nFROM a\nRUN x\n', set(0, 'ARG B'), notAStep)
  })
})

describe('EDIT-38 delete', () => {
  const remove =
    (instruction: number): Gesture =>
    analysis =>
      removeInstruction(analysis, instruction)

  test('its lines, heredocs included', () => {
    expectEdit('FROM a\n# why\nRUN <<E\nx\nE\nRUN y\n', remove(1), 'FROM a\n# why\nRUN y\n')
    expectEdit('FROM a\r\nRUN x', remove(1), 'FROM a')
    expectEdit('FROM a AS one\nCOPY p /q\n', remove(1), 'FROM a AS one\n', {
      edges: '- context: -context-> one p /q',
    })
  })
  test('of blank lines on both sides the longer run stays', () => {
    expectEdit('FROM a\n\nRUN x\n\nRUN y\n\n\nFROM b\n', remove(2), 'FROM a\n\nRUN x\n\n\nFROM b\n')
    expectEdit('FROM a\n\n\nRUN x\n\nRUN y\n', remove(1), 'FROM a\n\n\nRUN y\n')
    expectEdit('FROM a\n\nRUN x\n', remove(1), 'FROM a\n')
    expectEdit('FROM a\n\nRUN x', remove(1), 'FROM a')
    expectEdit('FROM a\n\n# why\nRUN x\n\nRUN y\n', remove(1), 'FROM a\n\n# why\n\nRUN y\n')
  })
  test('never a FROM', () => expectRefusal('FROM a\n', remove(0), notAStep))
})

describe('EDIT-38 move', () => {
  const move =
    (instruction: number, above: number | null): Gesture =>
    analysis =>
      moveInstruction(analysis, instruction, above)

  test('with its comments, up and to the end', () => {
    const text = 'FROM a\nRUN 1\n# why 2\nRUN 2 \\\n  more\nRUN 3\nFROM b\n'
    expectEdit(text, move(2, 1), 'FROM a\n# why 2\nRUN 2 \\\n  more\nRUN 1\nRUN 3\nFROM b\n')
    expectEdit(text, move(1, null), 'FROM a\n# why 2\nRUN 2 \\\n  more\nRUN 3\nRUN 1\nFROM b\n')
  })
  test('by one', () => {
    expectEdit('FROM a\nRUN 1\nRUN 2', a => moveInstructionUp(a, 2), 'FROM a\nRUN 2\nRUN 1')
    expectEdit('FROM a\r\nRUN 1\r\nRUN 2\r\nRUN 3', a => moveInstructionDown(a, 1), 'FROM a\r\nRUN 2\r\nRUN 1\r\nRUN 3')
    expectEdit('FROM a\r\nRUN 1\r\nRUN 2', a => moveInstructionDown(a, 1), 'FROM a\r\nRUN 2\r\nRUN 1')
  })
  test('steps that stand apart still do', () =>
    expectEdit('FROM a\n\nRUN 1\n\nRUN 2\n\nRUN 3\n', move(3, 1), 'FROM a\n\nRUN 3\n\nRUN 1\n\nRUN 2\n'))
  test('only within the stage, and only where it is not already', () => {
    const text = 'FROM a\nRUN 1\nRUN 2\nFROM b\nRUN 3\n'
    expectRefusal(text, move(1, 4), 'RUN on line 2 moves within its own stage only.')
    expectRefusal(text, move(1, 2), 'RUN on line 2 already stands there.')
    expectRefusal(text, move(0, 2), notAStep)
    expectRefusal(text, a => moveInstructionUp(a, 1), 'RUN on line 2 is the first step already.')
    expectRefusal(text, a => moveInstructionDown(a, 2), 'RUN on line 3 is the last step already.')
  })
})
