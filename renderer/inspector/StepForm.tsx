import { ChevronLeft, FileText } from 'lucide-react'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import { setInstruction } from '../../shared/edits/set-instruction.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import { stageTitle, type Stage, type Step } from '../../shared/graph/stage-graph.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'
import { Button } from '../ui/controls.tsx'
import { ArgumentFields } from './ArgumentFields.tsx'
import { CopyFields } from './CopyFields.tsx'
import { TextField } from './fields.tsx'
import { FlagFields } from './FlagFields.tsx'
import { instructionWords } from './flag-words.ts'
import { useInspected } from './inspected.ts'
import { RemoveButton } from './lists.tsx'
import { MountList } from './MountFields.tsx'
import { Problems } from './Problems.tsx'
import { Section } from './Section.tsx'
import { SourceField } from './SourceField.tsx'

export function StepForm({ stage, step }: { readonly stage: Stage; readonly step: Step }) {
  const { analysis } = useInspected()
  const { instruction, keyword, line, endLine } = step
  return (
    <>
      <header className="inspector-head">
        <h2 className="inspector-title">{keyword}</h2>
        <RemoveButton
          label={`Remove ${keyword} on line ${line}`}
          outcome={() => removeInstruction(analysis, instruction)}
        />
      </header>
      <p className="inspector-note">{instructionWords[keyword] ?? 'BuildKit does not know this instruction.'}</p>
      <StepLinks stage={stage} range={step.range} line={line} />
      <RawField instruction={instruction} />
      <StepFields instruction={instruction} />
      <Problems
        diagnostics={analysis.diagnostics.filter(
          each => each.stage === stage.id && each.line >= line && each.line <= endLine,
        )}
      />
    </>
  )
}

/** Back to the stage, and over to the text. */
export function StepLinks(props: { readonly stage: Stage; readonly range: TextRange; readonly line: number }) {
  const { stage, range, line } = props
  const { select, showText } = useInspected()
  return (
    <div className="inspector-links">
      <Button variant="quiet" icon={ChevronLeft} onClick={() => select({ kind: 'stage', stage: stage.id })}>
        <span className="inspector-hue" style={{ backgroundColor: stageHue(stage) }} aria-hidden />
        {stageTitle(stage)}
      </Button>
      <Button variant="quiet" icon={FileText} onClick={() => showText(range)}>
        Line {line}
      </Button>
    </div>
  )
}

/** All that an instruction can say, field by field. */
export function StepFields({ instruction, except }: { readonly instruction: number; readonly except?: 'from' }) {
  const { analysis } = useInspected()
  const written = analysis.file.instructions[instruction]
  if (written === undefined) return null
  const effective = written.trigger ?? written
  const edge = analysis.graph.edges.find(each => each.kind !== 'mount' && each.range.from === written.range.from)
  const isCopy = effective.keyword === 'COPY' || effective.keyword === 'ADD'
  return (
    <Section title={written.trigger === null ? undefined : `ONBUILD ${effective.keyword}`}>
      {effective.keyword === 'COPY' && except !== 'from' && edge !== undefined && <SourceField edge={edge} />}
      {isCopy && <CopyFields instruction={instruction} copy={effective} />}
      {!isCopy && <ArgumentFields instruction={instruction} written={effective} />}
      {effective.keyword === 'RUN' && <MountList instruction={instruction} run={effective} />}
      <FlagFields instruction={instruction} written={effective} />
    </Section>
  )
}

/** The step as it stands in the file: whatever no field is there for. */
export function RawField({ instruction }: { readonly instruction: number }) {
  const { analysis } = useInspected()
  return (
    <Section>
      <TextField
        name="raw"
        label="Text"
        help="The whole instruction, as it stands in the file."
        value={analysis.file.instructions[instruction]?.raw ?? ''}
        isLong
        edit={text => setInstruction(analysis, instruction, text)}
      />
    </Section>
  )
}
