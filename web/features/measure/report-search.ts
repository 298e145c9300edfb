import type { Dimension, ReportFilter } from '../../../contract/reports.ts'
import type { TextSearch } from '../../url-search.ts'
import { oneOf } from '../../url-search.ts'

export const dimensions = [
  'presence',
  'function',
  'intent',
  'channel',
  'hour',
  'day',
  'week',
] as const satisfies readonly Dimension[]
export const metrics = ['share', 'time'] as const
export type Metric = (typeof metrics)[number]

const filterNames = ['from', 'to', 'presence', 'function', 'intent', 'hour', 'channel'] as const
export type FilterName = (typeof filterNames)[number]

/** Names of the address that say which records are open; they end when the panel closes. */
export const recordNames = ['records', 'mark', 'answered', 'group', 'before', 'after'] as const

/** What the page measures, as the address says it. Unreadable values are left out. */
export function readReportFilter(search: TextSearch): ReportFilter {
  const hour = readHour(search['hour'])
  const texts = { ...pickDay(search, 'from'), ...pickDay(search, 'to') }
  const named = Object.fromEntries(
    (['presence', 'function', 'intent', 'channel'] as const).flatMap((name) => {
      const value = search[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  return { ...texts, ...named, ...(hour === undefined ? {} : { hour }) }
}

export function readDimension(search: TextSearch): Dimension {
  return oneOf(dimensions, search['by'], 'presence')
}

export function readMetric(search: TextSearch): Metric {
  return oneOf(metrics, search['metric'], 'share')
}

/** The filter narrowed to one mark of a breakdown, such as `hour:9` or `week:2026-03-02`. */
export function narrowToMark(filter: ReportFilter, mark: string | undefined): ReportFilter {
  const match = /^([a-z]+):(.+)$/s.exec(mark ?? '')
  const key = match?.[2]
  if (key === undefined) return filter
  switch (oneOf(dimensions, match?.[1], 'presence')) {
    case 'hour':
      return { ...filter, hour: Number(key) }
    case 'day':
      return within(filter, key, key)
    case 'week':
      return within(filter, key, addDays(key, 6))
    case 'function':
      return { ...filter, function: key }
    case 'intent':
      return { ...filter, intent: key }
    case 'channel':
      return { ...filter, channel: key }
    case 'presence':
      return { ...filter, presence: key }
  }
}

/** Query of a CSV link for the same figures. */
export function csvQuery(filter: ReportFilter, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(more)
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value))
  return query.toString()
}

/** `days` back from today, both ends counted, in the reader's calendar. */
export function lastDays(days: number, now: Date): { readonly from: string; readonly to: string } {
  const to = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10)
  return { from: addDays(to, 1 - days), to }
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}

function within(filter: ReportFilter, first: string, last: string): ReportFilter {
  const from = filter.from !== undefined && filter.from > first ? filter.from : first
  const to = filter.to !== undefined && filter.to < last ? filter.to : last
  return { ...filter, from, to }
}

function pickDay(search: TextSearch, name: 'from' | 'to'): ReportFilter {
  const value = search[name]
  return value !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(value) ? { [name]: value } : {}
}

function readHour(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,2}$/.test(text)) return undefined
  const hour = Number(text)
  return hour < 24 ? hour : undefined
}
