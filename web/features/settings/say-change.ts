import { sayExact } from '../../ui/say-time.ts'

export interface Change {
  readonly name: string
  readonly before: string | undefined
  readonly after: string | undefined
}

export type Names = Readonly<Record<string, string>>

const longest = 160

/**
 * What differs between two forms of a thing, field by field; a thing that is not a record is one field. Ids are said
 * by the names of what they name; the thing's own id is not said again.
 */
export function sayChange(before: unknown, after: unknown, names: Names = {}): readonly Change[] {
  const old = fieldsOf(before)
  const next = fieldsOf(after)
  const fields = [...new Set([...Object.keys(old), ...Object.keys(next)])]
  return fields
    .filter((field) => field !== 'id' && JSON.stringify(old[field]) !== JSON.stringify(next[field]))
    .map((field) => ({
      name: sayName(field),
      before: sayField(old[field], names),
      after: sayField(next[field], names),
    }))
    .filter((change) => change.before !== undefined || change.after !== undefined)
}

/** "case.handed-over" as "Case handed over". */
export function sayAction(action: string): string {
  const words = action.replaceAll(/[.-]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "assignee_id" and "expiresAt" as "assignee" and "expires at". */
function sayName(field: string): string {
  return field
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase()
    .replace(/ (id|key)$/, '')
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return {}
  return typeof value === 'object' && !Array.isArray(value) ? { ...value } : { value }
}

const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/

function sayField(value: unknown, names: Names): string | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (Array.isArray(value)) {
    return value.length === 0
      ? undefined
      : shorten(value.map((item) => sayField(item, names) ?? '–').join(', '))
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value !== 'string') return shorten(JSON.stringify(value))
  if (instant.test(value)) return sayExact(Date.parse(value))
  return shorten(names[value] ?? value)
}

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
