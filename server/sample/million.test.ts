import { expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import { isRefused } from '../engagements/formats/format.ts'
import { twcs } from '../engagements/formats/twcs.ts'
import { millionEngagements } from './million.ts'
import { twcsRows } from './twcs-rows.ts'
import { createWordModel } from './word-model.ts'

const NOW = Date.UTC(2026, 0, 1)
const OPTIONS = { seed: 3, count: 12_000, now: NOW }

test('it makes exactly as many engagements as asked, the same for the same seed', () => {
  const first = [...millionEngagements(OPTIONS)]
  expect(first).toHaveLength(12_000)
  expect([...millionEngagements(OPTIONS)]).toEqual(first)
  for (const engagement of first.slice(0, 500)) expect(EngagementInput.parse(engagement)).toEqual(engagement)
})

test('threads, persons, presences and days are spread as in a busy company', () => {
  const persons = new Set<string>()
  const presences = new Set<string>()
  const seen = new Set<string>()
  let threads = 0
  let misplaced = 0
  for (const engagement of millionEngagements(OPTIONS)) {
    const { author, direction, presence, externalId, parentExternalId } = engagement
    if (direction === 'in') persons.add(author.externalId)
    presences.add(presence ?? '')
    if (parentExternalId === undefined) threads++
    else if (!seen.has(parentExternalId)) misplaced++
    seen.add(externalId)
    const at = Date.parse(engagement.publishedAt)
    if (at > NOW || at < NOW - 181 * 86_400_000) misplaced++
  }
  expect(misplaced).toBe(0)
  expect(threads / 1500).toBeCloseTo(1, 0)
  expect(presences.size).toBe(40)
  expect(persons.size).toBeGreaterThan(2100)
})

test('texts have 4 to some 30 words of a vocabulary of several thousand', () => {
  expect(createWordModel(1, 5000).vocabularySize).toBeGreaterThan(5000)
  const words = new Set<string>()
  const lengths = [...millionEngagements(OPTIONS)].map(({ text }) => {
    const found = text.split(/[^a-z-]+/).filter((word) => word !== '')
    for (const word of found) words.add(word)
    return found.length
  })
  expect(Math.min(...lengths)).toBeGreaterThanOrEqual(4)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(32)
  expect(words.size).toBeGreaterThan(2000)
})

test('rows in the layout of Twitter support are read without a refusal, threads included', async () => {
  const encoder = new TextEncoder()
  async function* bytes() {
    for (const row of twcsRows({ seed: 3, count: 5000 })) yield encoder.encode(row)
  }
  let count = 0
  const ids = new Set<string>()
  for await (const item of twcs.read(bytes(), { now: NOW })) {
    if (isRefused(item)) throw new Error(item.reason)
    const { externalId, parentExternalId } = item.input
    if (parentExternalId !== undefined && !ids.has(parentExternalId)) throw new Error('parent comes later')
    ids.add(externalId)
    count++
  }
  expect(count).toBe(5000)
})
