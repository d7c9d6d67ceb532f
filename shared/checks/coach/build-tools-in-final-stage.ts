import type { Instruction } from '../../dockerfile/syntax.ts'
import type { StageDraft } from '../../graph/stage-drafts.ts'
import { commandWords } from '../../edits/build-outputs.ts'
import { coachCheck, type Advice } from './coach-rule.ts'

/**
 * Compilers, development packages and package indexes in the image, although a stage for them is there already. A file of
 * one stage is left alone: whether it needs its tools when it runs is not to be seen.
 */
export const buildToolsInFinalStage = coachCheck('build-tools-in-final-stage', {
  file: ({ drafts, reads, stages }) => {
    const isFinal = (index: number): boolean => stages[index]?.isFinal ?? false
    const final = drafts.filter(({ index }) => isFinal(index))
    const isFed = final.some(({ index }) =>
      reads[index]?.resolved.some(
        ({ kind, source }) => kind === 'copy' && source.kind === 'stage' && !isFinal(source.index),
      ),
    )
    return isFed ? final.flatMap(draft => [...kits(draft), ...installed(draft.instructions)]) : []
  },
})

function kits({ from, baseSource, base }: StageDraft): Advice[] {
  if (baseSource.kind !== 'image' || !isKit(base)) return []
  const message = `${base} brings compilers and build tools into the image. Copy what they make onto an image that only runs it.`
  return [{ message, instruction: from, range: from.arguments[0]?.range }]
}

function installed(instructions: readonly Instruction[]): Advice[] {
  return instructions.flatMap((instruction): Advice[] => {
    if (instruction.keyword !== 'RUN') return []
    const words = commandWords(instruction)
    const found = installedPackages(words).filter(isTool)
    const text = instruction.argumentsText
    // What the same layer takes away again leaves no trace.
    if (found.length === 0 || text.includes('purge') || text.includes('remove') || text.includes('apk del')) return []
    const [first = ''] = found
    const others = found.length === 1 ? '' : ` and ${found.length - 1} more`
    const message = `${first}${others}: tools for building stay in the image. Install them in a stage that is copied from.`
    return [{ message, instruction, range: instruction.keywordRange }]
  })
}

/** Images whose purpose is to build, by the last part of their name; some only with a tag that says so. */
const kitNames = new Set('buildpack-deps dart dotnet-sdk gcc golang gradle haskell maven rust sdk'.split(' '))

function isKit(reference: string): boolean {
  const name = reference.slice(reference.lastIndexOf('/') + 1)
  const [repository = '', tag = ''] = name.split(':')
  return kitNames.has(repository) || (tag.split('-').includes('jdk') && repository !== 'tomcat')
}

const installers: readonly (readonly string[])[] = [
  ['apt-get', 'install'],
  ['apt', 'install'],
  ['apk', 'add'],
  ['yum', 'install'],
  ['dnf', 'install'],
  ['microdnf', 'install'],
  ['zypper', 'install'],
]

/** The words after an installer's verb that are no flags, up to the end of its command. */
function installedPackages(words: readonly string[]): readonly string[] {
  const packages: string[] = []
  let command: string[] = []
  for (const word of [...words, ';']) {
    if (word !== ';') {
      command.push(word)
      continue
    }
    const plain = command.filter(each => !each.startsWith('-'))
    const names = installers.map(([tool = '', verb = '']) => {
      const at = plain.indexOf(tool)
      return at >= 0 && plain[at + 1] === verb ? plain.slice(at + 2) : []
    })
    // `apk add --virtual .build-deps gcc` is there to be deleted.
    if (!command.includes('--virtual') && !command.includes('-t')) packages.push(...names.flat())
    command = []
  }
  return packages
}

const tools = new Set(
  (
    'autoconf automake bison build-base build-essential cargo clang cmake flex g++ gcc gfortran golang golang-go libtool make ' +
    'maven meson musl-dev ninja-build openjdk-17-jdk rustc'
  ).split(' '),
)

function isTool(name: string): boolean {
  const [bare = ''] = name.split('=')
  return tools.has(bare) || bare.endsWith('-dev') || bare.endsWith('-devel')
}
