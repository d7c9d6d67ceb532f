import { shorten } from '../../shared/drawing/edge-words.ts'
import { comparables, fileSteps, type CompareChoice, type ComparePlace } from './compare-choices.ts'

interface CompareFieldsProps extends ComparePlace {
  readonly onChoice: (choice: CompareChoice) => void
}

/** Up to which step a stage is shown, and what with. */
export function CompareFields({ onChoice, ...place }: CompareFieldsProps) {
  const { stage, platforms, choice } = place
  return (
    <>
      {platforms.length > 0 && (
        <select
          className="field"
          aria-label="Platform"
          value={choice.platform ?? platforms[0]}
          onChange={({ target }) => onChoice({ ...choice, platform: target.value, against: null })}
        >
          {platforms.map(platform => (
            <option key={platform} value={platform}>
              {platform}
            </option>
          ))}
        </select>
      )}
      <select
        className="field"
        aria-label="Up to step"
        value={choice.line ?? ''}
        onChange={({ target }) => {
          const line = target.value === '' ? null : Number(target.value)
          // A step is looked at for what it did.
          onChoice({ ...choice, line, against: line === null || line === stage.startLine ? null : 'parent' })
        }}
      >
        <option value="">All steps</option>
        <option value={stage.startLine}>Base alone</option>
        {fileSteps(stage).map(({ line, keyword, gist }) => (
          <option key={line} value={line}>
            {`${line} ${keyword} ${shorten(gist, 32)}`}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label="Compare with"
        value={choice.against ?? ''}
        onChange={({ target }) => onChoice({ ...choice, against: target.value === '' ? null : target.value })}
      >
        <option value="">Compared with nothing</option>
        {comparables(place).map(({ key, label }) => (
          <option key={key} value={key}>
            Compared with {label}
          </option>
        ))}
      </select>
    </>
  )
}
