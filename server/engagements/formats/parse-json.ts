import { decodeText } from './decode-text.ts'
import type { RawRecord } from './raw-record.ts'

/** The object that a record is as JSON, or why it is none. */
export function parseJsonObject(
  record: RawRecord,
): { readonly object: Readonly<Record<string, unknown>> } | { readonly reason: string } {
  if (record.broken !== undefined) return { reason: record.broken }
  const decoded = decodeText(record.bytes)
  if ('reason' in decoded) return decoded
  try {
    const value: unknown = JSON.parse(decoded.text)
    return isObject(value) ? { object: value } : { reason: 'The record is JSON, but not an object.' }
  } catch (error) {
    const where = error instanceof Error ? / at position \d+/.exec(error.message)?.[0] : undefined
    return { reason: `The record is not sound JSON${where ? ` (wrong${where})` : ''}.` }
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
