import { RotateCcw } from 'lucide-react'
import { useEffect, useId, useMemo, useRef } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import type { Variant } from '../../shared/bridge/contract.ts'
import { readPlatform } from '../../shared/graph/platforms.ts'
import { variantsOf } from '../../shared/graph/variant-arguments.ts'
import { without } from '../../shared/records.ts'
import { useCommands, useTitleOf } from '../commands/use-commands.ts'
import { Button } from '../ui/controls.tsx'
import { isUsual, variantOf } from './variants.ts'

interface VariantsStripProps {
  readonly analysis: Analysis
  readonly onChange: (variant: Variant) => void
}

/** How an empty value is emptyValue, as an empty field stands for the default. */
const emptyValue = '""'
const usual: Variant = { arguments: {}, platform: null }

/** The ARGs that choose among the file's stages, and what the file is built for. Nothing where it has one form only. */
export function VariantsStrip({ analysis, onChange }: VariantsStripProps) {
  const { arguments: offered, platform } = useMemo(() => variantsOf(analysis), [analysis])
  const { registry } = useCommands()
  const titleOf = useTitleOf()
  const strip = useRef<HTMLDivElement>(null)
  const variant = variantOf(analysis.inputs)
  const isShown = offered.length > 0 || platform !== null || !isUsual(variant)
  const canReset = !isUsual(variant)

  useEffect(
    () =>
      registry.provide({
        'variants.change': isShown ? () => strip.current?.querySelector<HTMLElement>('input')?.focus() : null,
        'variants.reset': canReset ? () => onChange(usual) : null,
      }),
    [registry, isShown, canReset, onChange],
  )

  if (!isShown) return null
  return (
    <div ref={strip} className="variants" role="group" aria-label="Variants">
      {offered.map(({ name, given, fallback, values }) => (
        <VariantField
          key={name}
          label={name}
          value={given === '' ? emptyValue : (given ?? '')}
          fallback={fallback}
          values={values}
          problem={() => null}
          onChange={text => {
            const others = without(variant.arguments, name)
            onChange({
              ...variant,
              arguments: text === '' ? others : { ...others, [name]: text === emptyValue ? '' : text },
            })
          }}
        />
      ))}
      {platform !== null && (
        <VariantField
          label="Target platform"
          value={platform.given ?? ''}
          fallback={platform.fallback}
          values={platform.values}
          problem={text => (readPlatform(text).kind === 'platform' ? null : 'Write a platform such as linux/arm64.')}
          onChange={text => onChange({ ...variant, platform: text === '' ? null : text })}
        />
      )}
      {canReset && (
        <Button icon={RotateCcw} variant="quiet" title={titleOf('variants.reset')} onClick={() => onChange(usual)}>
          Reset
        </Button>
      )}
    </div>
  )
}

interface VariantFieldProps {
  readonly label: string
  /** '' for the fallback. */
  readonly value: string
  readonly fallback: string
  readonly values: readonly string[]
  /** Why a text cannot be taken, or null. */
  readonly problem: (text: string) => string | null
  readonly onChange: (text: string) => void
}

/** Taken when it is left, on Enter, or at once where a value of the list was chosen. */
function VariantField({ label, value, fallback, values, problem, onChange }: VariantFieldProps) {
  const list = useId()
  const field = useRef<HTMLInputElement>(null)
  // What is chosen elsewhere, by a reset or by another file, is shown here.
  useEffect(() => {
    if (field.current !== null) field.current.value = value
  }, [value])
  const take = (input: HTMLInputElement) => {
    const text = input.value.trim()
    input.setCustomValidity(text === '' ? '' : (problem(text) ?? ''))
    if (input.reportValidity() && text !== value) onChange(text)
  }
  const shown = value === '' ? fallback : value
  return (
    <label
      className="variant"
      data-given={value !== ''}
      title={`${label} is ${shown === '' || shown === emptyValue ? 'empty' : shown}`}
    >
      <span>{label}</span>
      <input
        ref={field}
        className="field"
        data-code
        size={Math.min(24, Math.max(8, shown.length + 3))}
        defaultValue={value}
        placeholder={fallback === '' ? 'empty' : fallback}
        list={values.length === 0 ? undefined : list}
        spellCheck={false}
        autoComplete="off"
        onChange={event => {
          event.target.setCustomValidity('')
          if (values.includes(event.target.value)) take(event.target)
        }}
        onBlur={event => take(event.target)}
        onKeyDown={event => {
          if (event.key === 'Enter') take(event.currentTarget)
          if (event.key === 'Escape') event.currentTarget.value = value
        }}
      />
      <datalist id={list}>
        {values.map(each => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </label>
  )
}
