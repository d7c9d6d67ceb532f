import type { Instruction } from '../../shared/dockerfile/syntax.ts'
import { setArguments, setWords } from '../../shared/edits/set-arguments.ts'
import { hasForms, setForm } from '../../shared/edits/set-form.ts'
import { addPair, removePair, setPair } from '../../shared/edits/set-pairs.ts'
import { ChoiceField, TextField, type Choice } from './fields.tsx'
import { useInspected } from './inspected.ts'
import { ListField, RemoveButton } from './lists.tsx'

interface ArgumentFieldsProps {
  readonly instruction: number
  readonly written: Instruction
}

/** What follows the keyword and the flags: pairs, words, a command or one value. */
export function ArgumentFields(props: ArgumentFieldsProps) {
  const { instruction, written } = props
  const { analysis } = useInspected()
  const words = argumentWords[written.keyword]
  if (written.heredocs.length > 0 || words === undefined) return null
  if (written.pairs.length > 0) return <PairFields {...props} />
  const [label, help, entry] = words
  const isList = (written.isJson && written.keyword !== 'HEALTHCHECK') || entry === 'port'
  const { from, to } = written.argumentsRange
  return (
    <>
      {hasForms(written) && (
        <ChoiceField
          name="form"
          label="Form"
          help={formHelp}
          value={written.isJson ? 'json' : 'shell'}
          choices={forms}
          edit={form => setForm(analysis, instruction, form === 'json' ? 'json' : 'shell')}
        />
      )}
      {isList ? (
        <ListField
          name="words"
          label={label}
          help={help}
          entry={entry}
          values={written.arguments.map(word => word.text)}
          edit={list => setWords(analysis, instruction, list)}
        />
      ) : (
        <TextField
          name="arguments"
          label={label}
          help={help}
          value={analysis.file.text.slice(from, to)}
          isLong={entry === 'argument'}
          edit={text => setArguments(analysis, instruction, text)}
        />
      )}
    </>
  )
}

const forms: readonly Choice[] = [
  { value: 'shell', title: 'Text for the shell' },
  { value: 'json', title: 'JSON list' },
]
const formHelp = 'As a JSON list it runs as it is and gets the signals; as plain text the shell of the stage runs it.'

/** Name, what it does here, and what one of several is called. */
const argumentWords: Readonly<Record<string, readonly [label: string, help: string, entry: string]>> = {
  ARG: ['Arguments', '', 'argument'],
  CMD: ['Command', '', 'argument'],
  ENTRYPOINT: ['Command', '', 'argument'],
  ENV: ['Variables', '', 'variable'],
  EXPOSE: ['Ports', 'A number, with /udp where it is not TCP.', 'port'],
  HEALTHCHECK: ['Check', 'CMD and a command whose exit status 1 means unhealthy, or NONE.', 'argument'],
  LABEL: ['Labels', '', 'label'],
  RUN: ['Command', '', 'argument'],
  SHELL: ['Shell', 'The program, then its arguments.', 'argument'],
  STOPSIGNAL: ['Signal', 'A name such as SIGTERM, or a number.', 'signal'],
  USER: ['User', 'By name or number, with :group where it is not the user’s own.', 'user'],
  VOLUME: ['Folders', 'Parted by blanks.', 'folder'],
  WORKDIR: ['Folder', 'Without / at the start it begins at the WORKDIR so far.', 'folder'],
}

function PairFields({ instruction, written }: ArgumentFieldsProps) {
  const { analysis } = useInspected()
  const [label, , entry] = argumentWords[written.keyword] ?? ['Values', '', 'value']
  const isArgument = written.keyword === 'ARG'
  return (
    <fieldset className="inspector-list">
      <legend className="label">{label}</legend>
      {written.pairs.map(({ key, value }, at) => (
        <div className="inspector-pair" key={at}>
          <TextField
            name={`key ${at}`}
            label={`Name of ${entry} ${at + 1}`}
            isBare
            value={key.text}
            edit={text => setPair(analysis, instruction, at, { key: text })}
          />
          <TextField
            name={`value ${at}`}
            label={`Value of ${key.text}`}
            isBare
            value={value?.text ?? ''}
            placeholder={isArgument ? 'no default' : 'empty'}
            edit={text => setPair(analysis, instruction, at, { value: isArgument && text.trim() === '' ? null : text })}
            after={<RemoveButton label={`Remove ${key.text}`} outcome={() => removePair(analysis, instruction, at)} />}
          />
        </div>
      ))}
      <TextField
        key={written.pairs.length}
        name="new pair"
        label={`Add ${entry}`}
        isBare
        value=""
        help={isArgument ? 'Its default stands behind the =.' : 'Blanks in a value are put into quotes.'}
        placeholder={`Add ${entry}: NAME=value`}
        edit={text => addPair(analysis, instruction, text)}
      />
    </fieldset>
  )
}
