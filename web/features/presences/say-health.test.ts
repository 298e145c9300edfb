import { describe, expect, test } from 'vitest'
import type { Connection } from '../../../contract/connections.ts'
import { sayBudget, sayHealth, sayLag } from './say-health.ts'

const now = Date.UTC(2026, 4, 1, 12)

function connection(more: Partial<Connection>, silentSince: string | null = null): Connection {
  const health = { silentSince } as Connection['health']
  return { state: 'live', detail: 'Listening.', health, ...more } as Connection
}

describe('the health of a connection', () => {
  test('is said in a word and a sentence', () => {
    expect(sayHealth(connection({}), now)).toEqual({ title: 'Live', tone: 'good', detail: 'Listening.' })
    expect(sayHealth(connection({ state: 'needs-reauth', detail: 'The password is wrong.' }), now)).toEqual({
      title: 'Needs new credentials',
      tone: 'late',
      detail: 'The password is wrong.',
    })
  })

  test('says since when it is silent', () => {
    const silent = connection({ state: 'silent', detail: '' }, '2026-05-01T09:00:00.000Z')
    expect(sayHealth(silent, now).detail).toMatch(
      /^Nothing was heard since 3 .*ago, longer than is usual here\.$/,
    )
  })
})

test('lags and allowances are said with their units', () => {
  expect(sayLag(420)).toBe('0.4 s')
  expect(sayLag(12_000)).toBe('12 s')
  expect(sayBudget({ left: 2990.4, of: 3000, perMs: 300_000 })).toBe('2,990 of 3,000 in 5 min')
})
