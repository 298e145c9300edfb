import type { Field, Manifest } from '../../channels/manifest.ts'

type Values = Readonly<Record<string, string>>

export interface Given {
  readonly config: Values
  readonly secrets: Values
}

export type FieldsChecked =
  | { readonly ok: true; readonly config: Values; readonly secrets: Values }
  | { readonly ok: false; readonly reason: string; readonly sentence: string }

/**
 * Puts what a member gave over what is stored, and checks it by the channel's fields. A value left out stays; an empty
 * one is taken away.
 */
export function checkFields(
  fields: Manifest['connect']['fields'],
  stored: Given,
  given: Given,
): FieldsChecked {
  const misplaced = findMisplaced(fields, given)
  if (misplaced !== null) return misplaced
  const config: Record<string, string> = {}
  const secrets: Record<string, string> = {}
  for (const field of fields) {
    const values = field.isSecret ? secrets : config
    const value = valueOf(field, stored, given)
    if (value === '') {
      if (field.isRequired) return refuse('missing-field', `${field.label} is missing.`)
      continue
    }
    const mistake = mistakeIn(field, value)
    if (mistake !== null) return refuse('wrong-field', mistake)
    values[field.name] = value
  }
  return { ok: true, config, secrets }
}

function valueOf(field: Field, stored: Given, given: Given): string {
  const part = field.isSecret ? 'secrets' : 'config'
  const value = own(given[part], field.name) ?? own(stored[part], field.name) ?? field.initial
  return field.kind === 'long-text' || field.isSecret ? value : value.trim()
}

function own(values: Values, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined
}

/** Names that the channel does not ask for, and secrets that would be stored in the open. */
function findMisplaced(fields: readonly Field[], given: Given): FieldsChecked | null {
  for (const part of ['config', 'secrets'] as const) {
    for (const name of Object.keys(given[part])) {
      const field = fields.find((each) => each.name === name)
      if (field === undefined) return refuse('unknown-field', 'This channel asks for no such value.')
      if (field.isSecret !== (part === 'secrets'))
        return refuse('misplaced-field', `${field.label} is given in the wrong place.`)
    }
  }
  return null
}

function mistakeIn(field: Field, value: string): string | null {
  if (field.kind === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) return `${field.label} must be a number.`
  if (field.kind === 'toggle' && value !== 'true' && value !== 'false')
    return `${field.label} must be on or off.`
  if (field.kind === 'url' && !/^https?:\/\/[^\s/]+/i.test(value))
    return `${field.label} must be an address that begins with https://.`
  if (field.kind === 'choice' && !(field.choices ?? []).some((choice) => choice.value === value))
    return `${field.label} must be one of its choices.`
  return null
}

function refuse(reason: string, sentence: string): FieldsChecked {
  return { ok: false, reason, sentence }
}
