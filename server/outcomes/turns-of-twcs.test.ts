import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { quantileOfSorted } from '../../lib/statistics/quantile.ts'
import { sortNumbers } from '../../lib/statistics/sort-numbers.ts'
import { wilsonInterval } from '../../lib/statistics/wilson.ts'
import { findTurns, secondsToAnswer, type ThreadEngagement } from './turns.ts'

const file = new URL('../../../shared/data/twcs/twcs_part.csv', import.meta.url)
const isHere = existsSync(file)
if (!isHere) process.stderr.write(`SKIPPED: turns of real conversations; no ${file.pathname}\n`)

function readThreads(): ThreadEngagement[][] {
  const rows: Record<string, string>[] = parse(readFileSync(file), { columns: true })
  const byId = new Map<string, ThreadEngagement>()
  for (const row of rows) {
    const id = row['tweet_id'] ?? ''
    byId.set(id, {
      id,
      parentId: row['in_response_to_tweet_id'] || null,
      authorKey: row['author_id'] ?? '',
      direction: row['inbound'] === 'True' ? 'in' : 'out',
      isAutomatic: false,
      isDeleted: false,
      at: Date.parse(row['created_at'] ?? ''),
    })
  }
  const threads = new Map<string, ThreadEngagement[]>()
  for (const engagement of byId.values()) {
    let top = engagement
    for (let up = byId.get(top.parentId ?? ''); up; up = byId.get(top.parentId ?? '')) top = up
    threads.set(top.id, [...(threads.get(top.id) ?? []), engagement])
  }
  return [...threads.values()]
}

describe.skipIf(!isHere)('real conversations', () => {
  const threads = isHere ? readThreads() : []
  const turns = threads.flatMap((thread) => findTurns(thread, { isFlat: false }))
  const seconds = sortNumbers(turns.flatMap((turn) => secondsToAnswer(turn) ?? []))

  test('are as many threads, authors and turns as counted by hand', () => {
    const inbound = threads.flat().filter((engagement) => engagement.direction === 'in')
    expect(threads.flat()).toHaveLength(2366)
    expect(inbound).toHaveLength(1305)
    expect(new Set(inbound.map((engagement) => engagement.authorKey)).size).toBe(704)
    expect(threads).toHaveLength(632)
    expect(turns).toHaveLength(1227)
  })

  test('were answered as often and as soon as is true', () => {
    expect(seconds).toHaveLength(1039)
    expect(quantileOfSorted(seconds, 0.5)).toBeCloseTo(779, 6)
    expect(quantileOfSorted(seconds, 0.9)).toBeCloseTo(28_893.4, 6)
    const { low, high } = wilsonInterval(1039, 1227)
    expect([low.toFixed(5), high.toFixed(5)]).toEqual(['0.82555', '0.86585'])
  })
})
