import { Flag } from 'lucide-react'
import { addInstruction } from '../../shared/edits/add-instruction.ts'
import { readBase } from '../../shared/edits/read-source.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import { descriptionOf, setDescription } from '../../shared/edits/set-description.ts'
import { setPlatform } from '../../shared/edits/set-platform.ts'
import { keywords } from '../../shared/dockerfile/keywords.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import { stageTitle, type GraphEdge, type Stage } from '../../shared/graph/stage-graph.ts'
import { Badge } from '../ui/controls.tsx'
import { Words } from '../ui/Words.tsx'
import { ChoiceField, TextField } from './fields.tsx'
import { useInspected } from './inspected.ts'
import { Problems } from './Problems.tsx'
import { Section } from './Section.tsx'
import { edgeGist, otherEnd, whyLeftOut } from './stage-words.ts'
import { StepList } from './StepList.tsx'

const commonImages = ['golang', 'node', 'python', 'alpine', 'debian']
const stepKeywords = keywords.filter(keyword => keyword !== 'FROM' && keyword !== 'MAINTAINER')

export function StageForm({ stage }: { readonly stage: Stage }) {
  const { analysis } = useInspected()
  const { edges, target } = analysis.graph
  const isTarget = stage.id === target
  const takes = edges.filter(edge => edge.to === stage.id)
  const gives = edges.filter(edge => edge.from.kind === 'stage' && edge.from.stage === stage.id)
  return (
    <>
      <header className="inspector-head">
        <span className="inspector-hue" style={{ backgroundColor: stageHue(stage) }} aria-hidden />
        <h2 className="inspector-title">{stageTitle(stage)}</h2>
        <Badge title={`COPY --from=${stage.index} means this stage, too`}>stage {stage.index}</Badge>
        {isTarget && (
          <Badge tone="accent" title="A build produces this stage">
            <Flag size={11} aria-hidden />
            target
          </Badge>
        )}
      </header>
      {!stage.reachable && (
        <p className="inspector-note">
          <Words text={whyLeftOut(analysis, stage.id)} />
        </p>
      )}
      <Section>
        <TextField
          name="name"
          label="Name"
          help="What FROM and COPY --from call it. Every mention follows."
          value={stage.writtenName ?? ''}
          placeholder={`Unnamed: only its number ${stage.index} reaches it`}
          edit={text => renameStage(analysis, stage.id, text)}
        />
        <TextField
          name="description"
          label="Description"
          help="The comment above FROM that “docker build --call=outline” shows."
          value={descriptionOf(analysis, stage) ?? ''}
          isProse
          edit={text => setDescription(analysis, stage.id, text)}
        />
        <BaseField stage={stage} />
        <PlatformFields stage={stage} />
      </Section>
      <Section title="Steps" count={stage.steps.length}>
        <StepList stage={stage} />
        <TextField
          name="new step"
          label="Add step"
          isBare
          help="One whole instruction. It goes to the end of the stage."
          placeholder="Add step: RUN make"
          value=""
          suggestions={stepKeywords.map(keyword => `${keyword} `)}
          edit={text => addInstruction(analysis, stage.id, text)}
        />
      </Section>
      <EdgeSection title="Takes from" edges={takes} stage={stage} />
      <EdgeSection title="Gives to" edges={gives} stage={stage} />
      <Problems diagnostics={analysis.diagnostics.filter(each => each.stage === stage.id)} />
    </>
  )
}

/** An image or a stage; what FROM says. */
export function BaseField({ stage }: { readonly stage: Stage }) {
  const { analysis, images } = useInspected()
  const above = analysis.graph.stages.filter(each => each.index < stage.index && each.writtenName !== null)
  return (
    <TextField
      name="base"
      label="Base"
      help={
        stage.baseSource.kind === 'stage'
          ? 'A stage: everything in it is here, too.'
          : stage.baseSource.kind === 'scratch'
            ? 'Nothing at all: only what is copied in.'
            : 'An image, pulled where the engine does not have it.'
      }
      value={stage.writtenBase}
      suggestions={[...above.map(stageTitle), ...images, ...commonImages, 'scratch']}
      edit={text => setBase(analysis, stage.id, readBase(analysis, text))}
    />
  )
}

const platforms = {
  '': ['Not written', 'The platform that the build is for.'],
  $BUILDPLATFORM: [
    '$BUILDPLATFORM',
    'The platform of the machine that builds: no emulation, for compilers that can cross-compile.',
  ],
  $TARGETPLATFORM: ['$TARGETPLATFORM', 'The platform that the build is for, which holds without it, too.'],
  fixed: ['A fixed one', 'Always this one, whatever the build is for.'],
} as const

type PlatformKind = keyof typeof platforms

function PlatformFields({ stage }: { readonly stage: Stage }) {
  const { analysis } = useInspected()
  const written = stage.platform ?? ''
  const kind: PlatformKind =
    written === '' || written === '$BUILDPLATFORM' || written === '$TARGETPLATFORM' ? written : 'fixed'
  const kinds = Object.entries(platforms)
  return (
    <>
      <ChoiceField
        name="platform kind"
        label="Platform"
        help={platforms[kind][1]}
        value={kind}
        choices={kinds.map(([value, [title]]) => ({ value, title }))}
        edit={chosen =>
          setPlatform(analysis, stage.id, chosen === '' ? null : chosen === 'fixed' ? 'linux/amd64' : chosen)
        }
      />
      {kind === 'fixed' && (
        <TextField
          name="platform"
          label="Fixed platform"
          value={written}
          suggestions={['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'linux/s390x', 'linux/ppc64le', 'linux/riscv64']}
          edit={text => setPlatform(analysis, stage.id, text.trim() === '' ? null : text)}
        />
      )}
    </>
  )
}

interface EdgeSectionProps {
  readonly title: string
  readonly edges: readonly GraphEdge[]
  readonly stage: Stage
}

function EdgeSection({ title, edges, stage }: EdgeSectionProps) {
  const { analysis, select } = useInspected()
  if (edges.length === 0) return null
  return (
    <Section title={title} count={edges.length}>
      <ul className="inspector-rows">
        {edges.map(edge => (
          <li key={edge.id}>
            <button
              type="button"
              className="inspector-row"
              onClick={() => select({ kind: 'edge', edge: edge.id })}
              title={`${edge.keyword} on line ${edge.line}`}
            >
              <span className="inspector-keyword">{edge.keyword}</span>
              <span className="inspector-row-name">{otherEnd(edge, stage, analysis.graph.stages)}</span>
              <span className="inspector-gist">{edgeGist(edge)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
