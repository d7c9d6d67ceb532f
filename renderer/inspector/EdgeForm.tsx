import { reconnectTarget } from '../../shared/edits/reconnect.ts'
import { disconnect } from '../../shared/edits/disconnect.ts'
import { mountFlagOf } from '../../shared/edits/references.ts'
import { sourceTitle } from '../../shared/graph/edge-source.ts'
import { stageTitle, type EdgeKind, type GraphEdge, type Stage } from '../../shared/graph/stage-graph.ts'
import { Badge } from '../ui/controls.tsx'
import { ChoiceField } from './fields.tsx'
import { useInspected } from './inspected.ts'
import { RemoveButton } from './lists.tsx'
import { MountFields } from './MountFields.tsx'
import { Problems } from './Problems.tsx'
import { Section } from './Section.tsx'
import { SourceField } from './SourceField.tsx'
import { WhatWouldGo } from './WhatWouldGo.tsx'
import { BaseField } from './StageForm.tsx'
import { RawField, StepFields, StepLinks } from './StepForm.tsx'

const kinds = {
  base: 'FROM: everything in the base is in the stage, too.',
  copy: 'COPY --from: files are copied into the stage.',
  mount: 'RUN --mount: files are there for one command and leave nothing behind.',
  context: 'COPY or ADD: files come from the build context.',
} as const satisfies Record<EdgeKind, string>

/** Where a stage takes something from, how, and what. */
export function EdgeForm({ edge, stage }: { readonly edge: GraphEdge; readonly stage: Stage }) {
  const { analysis } = useInspected()
  const { stages } = analysis.graph
  const step = stage.steps.find(each => each.range.from === edge.range.from)
  const from = sourceTitle(edge.from, stages)
  return (
    <>
      <header className="inspector-head">
        <h2 className="inspector-title">
          {from} → {stageTitle(stage)}
        </h2>
        <Badge>{edge.kind}</Badge>
        {edge.kind !== 'base' && (
          <RemoveButton label={`Delete ${from} → ${stageTitle(stage)}`} outcome={() => disconnect(analysis, edge.id)} />
        )}
      </header>
      <p className="inspector-note">{kinds[edge.kind]}</p>
      <StepLinks stage={stage} range={edge.range} line={edge.line} />
      {edge.kind === 'copy' && <WhatWouldGo edge={edge} />}
      {step !== undefined && <RawField instruction={step.instruction} />}
      {edge.kind === 'base' ? (
        <Section>
          <BaseField stage={stage} />
        </Section>
      ) : (
        <Section>
          <SourceField edge={edge} />
          <ChoiceField
            name="to"
            label="To"
            help="The stage that takes it. The line moves there as it is."
            value={stage.id}
            choices={stages.map(each => ({ value: each.id, title: stageTitle(each) }))}
            edit={chosen => reconnectTarget(analysis, edge.id, stages.find(each => each.id === chosen)?.id ?? stage.id)}
          />
        </Section>
      )}
      {step !== undefined && edge.kind === 'mount' && <EdgeMount edge={edge} instruction={step.instruction} />}
      {step !== undefined && edge.kind !== 'mount' && <StepFields instruction={step.instruction} except="from" />}
      <Problems
        diagnostics={analysis.diagnostics.filter(
          each => each.stage === stage.id && each.line >= edge.line && each.line <= (step?.endLine ?? edge.line),
        )}
      />
    </>
  )
}

function EdgeMount({ edge, instruction }: { readonly edge: GraphEdge; readonly instruction: number }) {
  const { analysis } = useInspected()
  const written = analysis.file.instructions[instruction]
  const run = written?.trigger ?? written
  const flag = run === undefined ? null : mountFlagOf(run, edge)
  const mounts = run?.flags.filter(each => each.name === 'mount') ?? []
  return flag === null ? null : <MountFields instruction={instruction} at={mounts.indexOf(flag)} flag={flag} />
}
