import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { continueCase, type EarlierCase } from './case-continues.ts'

const DAY_MS = 86_400_000
const now = Date.UTC(2024, 5, 10)
const words = { personId: 'ada', threadId: 'train', at: now }

function earlier(change: Partial<EarlierCase>): EarlierCase {
  return {
    id: 'a',
    personId: 'ada',
    threadId: 'train',
    status: 'open',
    openedAt: now - 30 * DAY_MS,
    resolvedAt: null,
    ...change,
  }
}

function resolved(daysAgo: number, change: Partial<EarlierCase> = {}): EarlierCase {
  return earlier({ status: 'resolved', resolvedAt: now - daysAgo * DAY_MS, ...change })
}

describe('words of a person', () => {
  test.each([
    ['open a case when there is none', [], 'open', undefined],
    ['continue an open case', [earlier({})], 'continue', 'a'],
    ['continue a case that waits for them', [earlier({ status: 'pending' })], 'continue', 'a'],
    ['do not continue the case of another person', [earlier({ personId: 'bob' })], 'open', undefined],
    ['do not continue a case in another thread', [earlier({ threadId: 'bus' })], 'open', undefined],
    ['reopen a case that was resolved lately', [resolved(3)], 'reopen', 'a'],
    ['reopen on the last day', [resolved(7)], 'reopen', 'a'],
    ['open a new case after that', [resolved(7.001)], 'open', undefined],
    ['join without a stir when they are older than the resolving', [resolved(-1)], 'file', 'a'],
    [
      'continue the open case rather than reopen another',
      [resolved(1, { id: 'b' }), earlier({})],
      'continue',
      'a',
    ],
    [
      'reopen the latest of several',
      [resolved(2, { id: 'b', openedAt: now - 5 * DAY_MS }), resolved(1)],
      'reopen',
      'b',
    ],
  ])('%s', (_name, cases, how, caseId) => {
    const found = continueCase(words, cases, 7)
    expect(found.how).toBe(how)
    expect('caseId' in found ? found.caseId : undefined).toBe(caseId)
    expect(found.reason).not.toBe('')
  })

  test('never reopen anything where the workspace wants no reopening', () => {
    expect(continueCase(words, [resolved(0.01)], 0).how).toBe('open')
  })

  test('lead to the same case whatever order the cases come in', () => {
    const anyCase = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      personId: fc.constantFrom('ada', 'bob'),
      threadId: fc.constantFrom('train', 'bus'),
      status: fc.constantFrom('new' as const, 'open' as const, 'resolved' as const),
      openedAt: fc.integer({ min: now - 3, max: now }),
      resolvedAt: fc.integer({ min: now - 9 * DAY_MS, max: now + DAY_MS }),
    })
    fc.assert(
      fc.property(fc.uniqueArray(anyCase, { selector: (item) => item.id }), (cases) => {
        expect(continueCase(words, cases.toReversed(), 7)).toEqual(continueCase(words, cases, 7))
      }),
    )
  })
})
