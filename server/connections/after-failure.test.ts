import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterFailure } from './after-failure.ts'

const code = fc.constantFrom(
  'rate',
  'network.down',
  'timeout.unknown',
  'contract.violation',
  'bug',
) as fc.Arbitrary<'rate' | 'network.down' | 'bug'>

test('a failure waits at least as long as the network asks, and never longer than an hour and a quarter', () => {
  fc.assert(
    fc.property(
      code,
      fc.option(fc.integer({ min: 0, max: 10_000_000 })),
      fc.nat(100),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (each, retryAfterMs, failures, chance) => {
        const { waitMs } = afterFailure({ code: each, retryAfterMs }, failures, chance)
        expect(waitMs).toBeGreaterThanOrEqual(Math.min(3_600_000, retryAfterMs ?? 0))
        expect(waitMs).toBeLessThanOrEqual(4_500_000)
      },
    ),
  )
})

test.each([
  ['network.down', 1, null],
  ['network.down', 7, null],
  ['network.down', 8, 'broken'],
  ['bug', 2, null],
  ['bug', 3, 'broken'],
  ['rate', 50, null],
  ['auth.revoked', 1, 'needs-reauth'],
  ['scope.missing', 1, 'broken'],
] as const)('%s for the %i. time in a row: %s', (each, failures, trouble) => {
  expect(afterFailure({ code: each, retryAfterMs: null }, failures, 0).trouble).toBe(trouble)
})

test('waits grow until a minute', () => {
  const waits = [1, 2, 3, 7, 20].map(
    (failures) => afterFailure({ code: 'network.down', retryAfterMs: null }, failures, 0).waitMs,
  )
  expect(waits).toEqual([1_000, 2_000, 4_000, 60_000, 60_000])
})
