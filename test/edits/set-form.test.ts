import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { setForm, type CommandForm } from '../../shared/edits/set-form.ts'
import { applyEdits } from '../../shared/text/text-edit.ts'
import { expectEdit, expectRefusal } from './expect-edit.ts'

/** Changes the form of the last instruction. */
const to = (form: CommandForm) => (analysis: Parameters<typeof setForm>[0]) =>
  setForm(analysis, analysis.file.instructions.length - 1, form)
const line = (before: string, form: CommandForm, after: string, above = '') =>
  expectEdit(`FROM a AS s\n${above}${before}\n`, to(form), `FROM a AS s\n${above}${after}\n`)
const refusal = (before: string, form: CommandForm, reason: string, above = '') =>
  expectRefusal(`FROM a AS s\n${above}${before}\n`, to(form), reason)

describe('EDIT-47 the JSON form', () => {
  test('has the words that the shell would part', () => {
    line('CMD  serve --name "a b"  c', 'json', 'CMD  ["serve", "--name", "a b", "c"]')
    line('entrypoint a \\\n  b', 'json', 'entrypoint ["a", "b"]')
    line('ONBUILD RUN --network=none make', 'json', 'ONBUILD RUN --network=none ["make"]')
  })
  test('calls the shell that is set until then for what only a shell does', () => {
    line('CMD a && b', 'json', 'CMD ["/bin/sh", "-c", "a && b"]')
    line('CMD a $B', 'json', 'CMD ["bash", "-ec", "a $B"]', 'SHELL ["bash", "-ec"]\n')
    line('CMD a b', 'json', 'CMD ["pwsh", "-c", "a b"]', 'SHELL ["pwsh", "-c"]\n')
    line('CMD a $B', 'json', 'CMD ["bash", "-c", "a $B"]', 'SHELL ["bash", "-c"]\nFROM s\n')
    expectEdit('# escape=`\nFROM a\nCMD a %B%', to('json'), '# escape=`\nFROM a\nCMD ["cmd", "/S", "/C", "a %B%"]')
  })
})

describe('EDIT-47 the text for the shell', () => {
  test('is quoted where a shell would do more than part words', () => {
    line('CMD ["serve", "a b", "$HOME", "it\'s", ""]', 'shell', `CMD serve 'a b' '$HOME' 'it'"'"'s' ''`)
    line('RUN ["A=1", "B=1"]', 'shell', "RUN 'A=1' B=1")
  })
  test('is what its own shell is called with', () => {
    line('CMD ["/bin/sh", "-c", "a && b"]', 'shell', 'CMD a && b')
    line('CMD ["bash", "-c", "a $B"]', 'shell', 'CMD a $B', 'SHELL ["bash", "-c"]\n')
    line('CMD ["/bin/sh", "-c", "a $B"]', 'shell', "CMD /bin/sh -c 'a $B'", 'SHELL ["bash", "-c"]\n')
  })
})

describe('EDIT-47 refuses', () => {
  test('what would lose or change something', () => {
    refusal('CMD a \\\n  # why\n  b', 'json', 'Line 2 holds comments or is no list yet: write it by hand.')
    refusal('CMD ["a\\nb"]', 'shell', 'No text for `/bin/sh -c` says what line 2 says: write it by hand.')
    refusal(
      'CMD ["a", "b c"]',
      'shell',
      'No text for `pwsh -c` says what line 3 says: write it by hand.',
      'SHELL ["pwsh", "-c"]\n',
    )
    refusal('RUN ["/bin/sh", "-c", "--x"]', 'shell', 'Line 2 would be read in another way: write it by hand.')
    refusal('RUN ["/bin/sh", "-c", "cat <<E"]', 'shell', 'Line 2 would be read in another way: write it by hand.')
    refusal('CMD ["/bin/sh", "-c", "[\\"a\\"]"]', 'shell', 'Line 2 would be read in another way: write it by hand.')
  })
  test('what has one form', () => {
    refusal('WORKDIR /a', 'json', 'The WORKDIR on line 2 has one form only.')
    refusal('RUN <<E\nmake\nE', 'json', 'The RUN on line 2 has one form only.')
  })
})

test('EDIT-47 law: words that go into the shell form come back', () => {
  const word = fc.string({ unit: fc.constantFrom(...Array.from(`ab1/-= "'\\$\`&|;<>()*?[]{}#~!é`)) })
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), words => {
      fc.pre(/^[a-z][^=]*$/.test(words[0] ?? ''))
      const json = `FROM a\nCMD [${words.map(each => JSON.stringify(each)).join(', ')}]\n`
      expect(changed(changed(json, 'shell'), 'json')).toBe(json)
    }),
  )
})

function changed(text: string, form: CommandForm): string {
  const outcome = to(form)(analyze(text))
  return outcome.kind === 'edits' ? applyEdits(text, outcome.edits) : outcome.reason
}
