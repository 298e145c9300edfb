import type { Clock } from '../clock.ts'

export interface Recent<Value> {
  /** What was found for `key` a moment ago, or what `find` finds now. Callers at the same moment share one search. */
  get(key: string, find: () => Promise<Value>): Promise<Value>
  forget(): void
}

interface Entry<Value> {
  readonly until: number
  readonly value: Promise<Value>
}

/** Remembers answers for `keepMs`, at most `max` of them; failures are not remembered. */
export function rememberRecent<Value>(clock: Clock, keepMs: number, max: number): Recent<Value> {
  let entries = new Map<string, Entry<Value>>()
  return {
    get(key, find) {
      const now = clock.now()
      const known = entries.get(key)
      if (known !== undefined && known.until > now) return known.value
      if (entries.size >= max) entries = new Map()
      const mine = entries
      const value = find()
      mine.delete(key)
      mine.set(key, { until: now + keepMs, value })
      value.catch(() => mine.delete(key))
      return value
    },
    // A new map: a search that began before is still answered, and remembered by nobody.
    forget() {
      entries = new Map()
    },
  }
}
