/** One `key=value` of `--mount`; offsets are into the flag's value. */
export interface MountField {
  /** Lower case. */
  readonly key: string
  /** Null for a key alone: `rw`. */
  readonly value: string | null
  /** As BuildKit splits it: without the quotes around a field. */
  readonly text: string
  readonly valueFrom: number
  readonly valueTo: number
}

/** Splits `type=bind,"source=/a,b",rw`: commas part fields, a field may stand in double quotes. */
export function mountFields(value: string): MountField[] {
  const fields: MountField[] = []
  let position = 0
  while (position <= value.length) {
    let text = ''
    let from = position
    if (value.charAt(position) === '"') {
      from = ++position
      while (position < value.length) {
        if (value.charAt(position) === '"') {
          if (value.charAt(position + 1) !== '"') break
          position++
        }
        text += value.charAt(position++)
      }
      const close = position
      position = nextComma(value, position)
      fields.push(field(text, from, close))
    } else {
      position = nextComma(value, position)
      fields.push(field(value.slice(from, position), from, position))
    }
    position++
  }
  return fields
}

function nextComma(value: string, from: number): number {
  const comma = value.indexOf(',', from)
  return comma < 0 ? value.length : comma
}

function field(text: string, from: number, to: number): MountField {
  const equals = text.indexOf('=')
  if (equals < 0) return { key: text.toLowerCase(), value: null, text, valueFrom: to, valueTo: to }
  return {
    key: text.slice(0, equals).toLowerCase(),
    value: text.slice(equals + 1),
    text,
    valueFrom: from + equals + 1,
    valueTo: to,
  }
}

/** What a mount reads and where it appears, by the last field of each meaning. */
export interface Mount {
  readonly type: string
  readonly from: MountField | null
  readonly source: string
  readonly target: string
  readonly fields: readonly MountField[]
}

export function readMount(value: string): Mount {
  const fields = mountFields(value)
  let [type, source, target] = ['bind', '', '']
  let from: MountField | null = null
  for (const field of fields) {
    if (field.value === null) continue
    switch (field.key) {
      case 'type':
        type = field.value.toLowerCase()
        break
      case 'from':
        from = field
        break
      case 'source':
      case 'src':
        source = field.value
        break
      case 'target':
      case 'dst':
      case 'destination':
        target = field.value
        break
    }
  }
  return { type, from, source, target, fields }
}
