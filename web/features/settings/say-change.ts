export interface Change {
  readonly name: string
  readonly before: string | undefined
  readonly after: string | undefined
}

const longest = 160

/** What differs between two forms of a thing, field by field; a thing that is not a record is one field. */
export function sayChange(before: unknown, after: unknown): readonly Change[] {
  const old = fieldsOf(before)
  const next = fieldsOf(after)
  const names = [...new Set([...Object.keys(old), ...Object.keys(next)])]
  return names
    .filter((name) => JSON.stringify(old[name]) !== JSON.stringify(next[name]))
    .map((name) => ({ name, before: sayField(old[name]), after: sayField(next[name]) }))
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return {}
  return typeof value === 'object' && !Array.isArray(value) ? { ...value } : { value }
}

function sayField(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
