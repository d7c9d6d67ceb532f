import { Copy, Hammer, Trash2 } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import type { BuildForm } from '../../shared/builds/build-form.ts'
import type { BuildProfile, BuildProfiles } from '../../shared/builds/build-profiles.ts'
import { type BuildOptions, platformList, splitPlatforms } from '../../shared/builds/build-options.ts'
import { without } from '../../shared/records.ts'
import { Button, Dialog, IconButton } from '../ui/controls.tsx'
import './build-form.css'
import { Pairs } from './Pairs.tsx'
import { SecretFields } from './SecretFields.tsx'

export interface BuildDialogProps {
  readonly form: BuildForm
  readonly initial: BuildProfile
  readonly named: BuildProfiles['named']
  /** Why this cannot be built, as a sentence; null where it can. */
  readonly problem: (profile: BuildProfile) => string | null
  readonly onBuild: (profile: BuildProfile) => void
  readonly onCopy: (profile: BuildProfile) => void
  /** `profile` null forgets the one of that name. */
  readonly onKeep: (name: string, profile: BuildProfile | null) => void
  readonly onDismiss: () => void
}

/** Everything that a build can be given, asked for by what the file itself declares. */
export function BuildDialog({ form, initial, named, problem, ...on }: BuildDialogProps) {
  const [profile, setProfile] = useState(initial)
  /** Fields that hold what is half typed begin anew with another profile. */
  const [taken, setTaken] = useState(0)
  const change = (part: Partial<BuildProfile>) => setProfile({ ...profile, ...part })
  const choose = (part: Partial<BuildOptions>) => change({ options: { ...profile.options, ...part } })
  /** What is wrong with rows of the form, by what they are called. */
  const [wrong, setWrong] = useState<Readonly<Record<string, string | null>>>({})
  const give = (one: string, part: Partial<BuildOptions>, sentence: string | null) => {
    choose(part)
    setWrong({ ...wrong, [one]: sentence })
  }
  const { options } = profile
  const why = Object.values(wrong).find(sentence => sentence !== null) ?? problem(profile)
  return (
    <Dialog
      title="Build"
      size="large"
      onDismiss={on.onDismiss}
      actions={
        <>
          {why !== null && (
            <p className="form-problem" role="alert">
              {why}
            </p>
          )}
          <Button icon={Copy} onClick={() => on.onCopy(profile)}>
            Copy as docker buildx command
          </Button>
          <Button onClick={on.onDismiss}>Cancel</Button>
          <Button variant="primary" icon={Hammer} disabled={why !== null} onClick={() => on.onBuild(profile)}>
            Build
          </Button>
        </>
      }
    >
      <ProfileRow
        named={named}
        onTake={name => {
          const kept = named[name]
          if (kept !== undefined) setProfile(kept)
          setTaken(taken + 1)
          setWrong({})
        }}
        onKeep={name => on.onKeep(name, profile)}
        onForget={name => on.onKeep(name, null)}
      />
      <div className="build-form" key={taken}>
        <Section title="Result">
          <Labelled label="Target">
            <select
              className="field"
              value={profile.target ?? ''}
              onChange={event => change({ target: event.target.value || null })}
            >
              <option value="">the last stage</option>
              {[...new Set([...form.stages, ...(profile.target === null ? [] : [profile.target])])].map(name => (
                <option key={name} value={name.toLowerCase()}>
                  {name}
                </option>
              ))}
            </select>
          </Labelled>
          <Labelled label="Tags" help="Parted by spaces; none keeps no image.">
            <input
              className="field"
              data-code
              defaultValue={profile.tags.join(' ')}
              placeholder="name:version"
              spellCheck={false}
              onChange={event => change({ tags: event.target.value.split(/[\s,]+/).filter(tag => tag !== '') })}
            />
          </Labelled>
          <Labelled
            label="Platform"
            help={
              options.otherPlatforms.length > 0
                ? 'The graph and its sizes are those of the first. Only the containerd image store keeps images of several.'
                : ''
            }
          >
            <input
              className="field"
              data-code
              defaultValue={platformList(profile.platform, options)?.replaceAll(',', ' ') ?? ''}
              placeholder="the engine’s own"
              spellCheck={false}
              onChange={event => {
                const { platform, otherPlatforms } = splitPlatforms(event.target.value)
                change({ platform, options: { ...options, otherPlatforms } })
              }}
            />
          </Labelled>
        </Section>
        {form.arguments.length > 0 && (
          <Section title="Arguments">
            {form.arguments.map(({ name, fallback, description }) => (
              <Labelled key={name} label={name} isCode help={description}>
                <input
                  className="field"
                  data-code
                  value={profile.buildArgs[name] ?? ''}
                  placeholder={fallback ?? 'no default'}
                  spellCheck={false}
                  onChange={event => {
                    const others = without(profile.buildArgs, name)
                    change({
                      buildArgs: event.target.value === '' ? others : { ...others, [name]: event.target.value },
                    })
                  }}
                />
              </Labelled>
            ))}
          </Section>
        )}
        <Section title="Secrets and ssh">
          <SecretFields
            asked={form.secrets}
            secrets={options.secrets}
            onChange={(secrets, sentence) => give('secret', { secrets }, sentence)}
          />
          {[...new Set([...form.agents, ...Object.keys(options.ssh)])].map(id => (
            <Checkbox
              key={id}
              label={`Lend the ssh agent as “${id}”`}
              checked={options.ssh[id] !== undefined}
              onChange={checked => {
                const others = without(options.ssh, id)
                choose({ ssh: checked ? { ...others, [id]: '' } : others })
              }}
            />
          ))}
        </Section>
        <Section title="Named contexts">
          <Pairs
            one="context"
            record={options.namedContexts}
            offered={form.contexts}
            nameHint="name"
            valueHint="folder or docker-image://…"
            onChange={(record, sentence) => give('context', { namedContexts: withoutEmpty(record) }, sentence)}
          />
        </Section>
        <Section title="Cache">
          <Checkbox label="Run every step anew" checked={profile.noCache} onChange={noCache => change({ noCache })} />
          {!profile.noCache &&
            form.stages.map(name => (
              <Checkbox
                key={name}
                label={`Run ${name} anew`}
                checked={options.noCacheStages.includes(name)}
                onChange={checked => {
                  const others = options.noCacheStages.filter(other => other !== name)
                  choose({ noCacheStages: checked ? [...others, name] : others })
                }}
              />
            ))}
          <Checkbox
            label="Ask the registry for newer base images"
            checked={options.pull}
            onChange={pull => choose({ pull })}
          />
        </Section>
        <Section title="Network">
          <Labelled label="Network of the steps">
            <select
              className="field"
              value={options.network}
              onChange={event => {
                const network = (['default', 'none', 'host'] as const).find(each => each === event.target.value)
                choose({ network: network ?? 'default' })
              }}
            >
              <option value="default">the engine’s usual one</option>
              <option value="none">none</option>
              <option value="host">the host’s</option>
            </select>
          </Labelled>
          <Pairs
            one="host"
            record={options.extraHosts}
            nameHint="host name"
            valueHint="address"
            onChange={(record, sentence) => give('host', { extraHosts: withoutEmpty(record) }, sentence)}
          />
        </Section>
        <Section title="Labels">
          <Pairs
            one="label"
            record={options.labels}
            nameHint="org.opencontainers.image.source"
            valueHint="value"
            onChange={(labels, sentence) => give('label', { labels }, sentence)}
          />
        </Section>
      </div>
    </Dialog>
  )
}

function withoutEmpty(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value.trim() !== ''))
}

interface ProfileRowProps {
  readonly named: BuildProfiles['named']
  readonly onTake: (name: string) => void
  readonly onKeep: (name: string) => void
  readonly onForget: (name: string) => void
}

function ProfileRow({ named, onTake, onKeep, onForget }: ProfileRowProps) {
  const [name, setName] = useState('')
  const list = useId()
  const typed = name.trim()
  return (
    <div className="form-profile">
      <input
        className="field"
        aria-label="Profile"
        placeholder="Profile"
        list={list}
        value={name}
        onChange={event => {
          setName(event.target.value)
          if (named[event.target.value] !== undefined) onTake(event.target.value)
        }}
      />
      <datalist id={list}>
        {Object.keys(named).map(each => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <Button disabled={typed === ''} onClick={() => onKeep(typed)}>
        {named[typed] === undefined ? 'Save as profile' : 'Replace profile'}
      </Button>
      {named[typed] !== undefined && (
        <IconButton icon={Trash2} label={`Forget the profile ${typed}`} onClick={() => onForget(typed)} />
      )}
    </div>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <fieldset className="form-section">
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

interface LabelledProps {
  readonly label: string
  readonly isCode?: boolean
  readonly help?: string
  readonly children: ReactNode
}

function Labelled({ label, isCode = false, help = '', children }: LabelledProps) {
  return (
    <label className="form-field">
      <span className={isCode ? 'label code' : 'label'}>{label}</span>
      {children}
      {help !== '' && <span className="form-help">{help}</span>}
    </label>
  )
}

interface CheckboxProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

function Checkbox({ label, checked, onChange }: CheckboxProps) {
  return (
    <label className="form-check">
      <input type="checkbox" checked={checked} onChange={event => onChange(event.target.checked)} />
      {label}
    </label>
  )
}
