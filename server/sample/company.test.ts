import { describe, expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import { incidentStart } from './arrivals.ts'
import { sampleCompany } from './company.ts'

const NOW = Date.UTC(2026, 10, 20, 15)
const WEEK_MS = 7 * 86_400_000
const sample = sampleCompany({ seed: 1, now: NOW })
const { engagements } = sample

/** A turn: a person's engagement whose parent is absent or by someone else. Answered: one of ours stands below. */
function turnsOf(all: readonly EngagementInput[]): { turn: EngagementInput; isAnswered: boolean }[] {
  const byId = new Map(all.map((engagement) => [engagement.externalId, engagement]))
  const answered = new Set<string>()
  for (const engagement of all) {
    if (engagement.direction !== 'out') continue
    let above = byId.get(engagement.parentExternalId ?? '')
    for (; above; above = byId.get(above.parentExternalId ?? '')) answered.add(above.externalId)
  }
  return all.flatMap((turn) => {
    const parent = byId.get(turn.parentExternalId ?? '')
    const isTurn = turn.direction === 'in' && parent?.author.externalId !== turn.author.externalId
    return isTurn ? [{ turn, isAnswered: answered.has(turn.externalId) }] : []
  })
}

function share(turns: readonly { isAnswered: boolean }[]): number {
  return turns.filter(({ isAnswered }) => isAnswered).length / turns.length
}

test('the same seed and time tell the same story, another seed another', () => {
  expect(sampleCompany({ seed: 1, now: NOW })).toEqual(sample)
  expect(sampleCompany({ seed: 2, now: NOW }).engagements[5]).not.toEqual(engagements[5])
})

test('about 2,000 engagements of eight weeks fit the contract, in the order of time', () => {
  expect(engagements.length).toBeGreaterThan(1700)
  expect(engagements.length).toBeLessThan(2300)
  for (const engagement of engagements) expect(EngagementInput.parse(engagement)).toEqual(engagement)
  const times = engagements.map(({ publishedAt }) => Date.parse(publishedAt))
  expect(times).toEqual(times.toSorted((first, second) => first - second))
  expect(times[0]).toBeGreaterThan(NOW - 8 * WEEK_MS - 86_400_000)
  expect(times.at(-1)).toBeLessThanOrEqual(NOW)
})

test('ids are unique, and every parent is there before what answers it', () => {
  const seen = new Set<string>()
  const orphans = engagements.filter(({ externalId, parentExternalId }) => {
    seen.add(externalId)
    return parentExternalId !== undefined && !seen.has(parentExternalId)
  })
  expect(orphans).toEqual([])
  expect(seen.size).toBe(engagements.length)
})

test('texts are filled in, first words rarely repeat, four languages are spoken', () => {
  for (const { text, subject } of engagements)
    expect(`${text}${subject ?? ''}`).not.toMatch(/[{}|]|undefined/)
  const first = engagements.filter((engagement) => engagement.parentExternalId === undefined)
  expect(new Set(first.map(({ text }) => text)).size / first.length).toBeGreaterThan(0.97)
  const languages = ['en', 'de', 'fr', 'es']
  for (const language of languages) {
    expect(engagements.filter((engagement) => engagement.language === language).length).toBeGreaterThan(40)
  }
})

test('what we say is signed by a member and stands on one of our presences', () => {
  const names = new Set(sample.members.map(({ name }) => name))
  const handles = new Set(sample.presences.map(({ handle }) => handle))
  for (const { direction, author, presence } of engagements) {
    expect(handles.has(presence ?? '')).toBe(true)
    if (direction === 'out') expect(names.has(author.name ?? '')).toBe(true)
  }
})

test('some people write on two channels, under one verified address', () => {
  const channels = new Map<string, Set<string>>()
  for (const { author, source, direction } of engagements) {
    if (direction === 'out' || author.verifiedEmail === undefined) continue
    channels.set(author.verifiedEmail, (channels.get(author.verifiedEmail) ?? new Set()).add(source))
  }
  expect([...channels.values()].filter(({ size }) => size > 1).length).toBeGreaterThan(30)
})

describe('the figures have something to tell:', () => {
  const turns = turnsOf(engagements)
  const at = ({ turn }: { turn: EngagementInput }) => Date.parse(turn.publishedAt)

  test.each([1, 2, 3, 4])('about seven of ten turns are answered, with seed %d', (seed) => {
    const overall = share(turnsOf(sampleCompany({ seed, now: NOW }).engagements))
    expect(overall).toBeGreaterThan(0.63)
    expect(overall).toBeLessThan(0.77)
  })

  test('one presence is neglected', () => {
    expect(share(turns.filter(({ turn }) => turn.presence === 'tarnwheel.rides'))).toBeLessThan(0.2)
  })

  test('in the fifth week a faulty update brings a spike of anger and fewer answers', () => {
    const start = incidentStart(NOW)
    const during = turns.filter((turn) => at(turn) >= start && at(turn) < start + 3 * 86_400_000)
    const before = turns.filter(
      (turn) => at(turn) >= start - WEEK_MS && at(turn) < start - WEEK_MS + 3 * 86_400_000,
    )
    expect(during.length).toBeGreaterThan(1.6 * before.length)
    const calm = turns.filter((turn) => at(turn) < start)
    expect(share(during)).toBeLessThan(share(calm) - 0.08)
  })

  test('nobody of us writes at night or on Sundays', () => {
    const ours = engagements.filter(({ direction, channel }) => direction === 'out' && channel !== 'phone')
    for (const { publishedAt } of ours) {
      const time = new Date(publishedAt)
      expect(time.getUTCDay()).not.toBe(0)
      expect(time.getUTCHours()).toBeGreaterThanOrEqual(8)
      expect(time.getUTCHours()).toBeLessThan(18)
    }
  })

  test('the product people take longest', () => {
    const byId = new Map(engagements.map((engagement) => [engagement.externalId, engagement]))
    const product = new Set(
      sample.members.filter((member) => member.function === 'product').map(({ name }) => name),
    )
    const waits = (isProduct: boolean) =>
      engagements
        .filter(
          ({ direction, author }) => direction === 'out' && product.has(author.name ?? '') === isProduct,
        )
        .map(({ publishedAt, parentExternalId }) => {
          const parent = byId.get(parentExternalId ?? '')
          return parent ? Date.parse(publishedAt) - Date.parse(parent.publishedAt) : 0
        })
        .toSorted((first, second) => first - second)
    const median = (sorted: readonly number[]) => sorted[Math.floor(sorted.length / 2)] ?? 0
    expect(median(waits(true))).toBeGreaterThan(4 * median(waits(false)))
  })
})
