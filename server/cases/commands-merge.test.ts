import { expect, test } from 'vitest'
import { planCaseMerges } from './commands-merge.ts'

function met(id: string, personId: string, threadId: string, day: number) {
  return { id, personId, threadId, openedAt: new Date(Date.UTC(2026, 0, day)) }
}

test('of the cases of one person in one thread the oldest is kept', () => {
  const merges = planCaseMerges([met('b', 'p', 't', 3), met('a', 'p', 't', 2), met('c', 'p', 't', 9)])
  expect(merges).toEqual([
    { from: 'b', into: 'a' },
    { from: 'c', into: 'a' },
  ])
})

test('other persons and other threads keep their cases', () => {
  expect(planCaseMerges([met('a', 'p', 't', 1), met('b', 'q', 't', 1), met('c', 'p', 'u', 1)])).toEqual([])
})
