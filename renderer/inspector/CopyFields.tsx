import type { Instruction } from '../../shared/dockerfile/syntax.ts'
import { setCopy } from '../../shared/edits/set-copy.ts'
import { TextField } from './fields.tsx'
import { useInspected } from './inspected.ts'
import { ListField } from './lists.tsx'

/** What is copied, and where to. */
export function CopyFields({ instruction, copy }: { readonly instruction: number; readonly copy: Instruction }) {
  const { analysis } = useInspected()
  const paths = copy.arguments.map(word => word.text)
  if (paths.length < 2) return null
  const isFromStage = copy.flags.some(flag => flag.name === 'from')
  return (
    <>
      <ListField
        name="sources"
        label="Sources"
        entry="source"
        help={
          copy.keyword === 'ADD'
            ? 'Paths in the build context, addresses or git repositories. Archives are unpacked.'
            : isFromStage
              ? 'Paths in the source, from its root. * stands for any name.'
              : 'Paths in the build context. * stands for any name.'
        }
        values={paths.slice(0, -1)}
        edit={sources => setCopy(analysis, instruction, { sources })}
      />
      <TextField
        name="destination"
        label="Destination"
        help="A folder where it ends with / or there are several sources. Without / at the start it begins at WORKDIR."
        value={paths.at(-1) ?? ''}
        edit={destination => setCopy(analysis, instruction, { destination })}
      />
    </>
  )
}
