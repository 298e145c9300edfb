import { expect, test } from 'vitest'
import { afterCall, closed } from './circuit.ts'
import { rateWait } from './rate-wait.ts'

const now = Date.UTC(2026, 0, 5, 10)

test.each([
  [200, {}, 0],
  [429, {}, 30_000],
  [429, { 'retry-after': '7' }, 7_000],
  [429, { 'retry-after': new Date(now + 9_000).toUTCString() }, 9_000],
  [429, { 'x-ratelimit-reset': new Date(now + 60_000).toISOString() }, 60_000],
  [429, { 'ratelimit-reset': '12' }, 12_000],
  [429, { 'retry-after': 'soon' }, 30_000],
  [503, { 'retry-after': '3' }, 3_000],
  [503, {}, 0],
  [200, { 'ratelimit-remaining': '0', 'ratelimit-reset': '5' }, 5_000],
  [200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 4) }, 4_000],
  [200, { 'ratelimit-remaining': '12', 'ratelimit-reset': '5' }, 0],
  [429, { 'retry-after': '-5' }, 0],
  [429, { 'retry-after': '999999999' }, 86_400_000],
])('an answer %i with %j asks to wait %i ms', (status, headers, waitMs) => {
  expect(rateWait({ status, headers }, now)).toBe(waitMs)
})

test('five failures in a row open the circuit, longer each time, and one success closes it', () => {
  let circuit = closed
  const opens: number[] = []
  for (let n = 0; n < 7; n += 1) {
    circuit = afterCall(circuit, true, now)
    opens.push(Math.max(0, circuit.openUntil - now))
  }
  expect(opens).toEqual([0, 0, 0, 0, 10_000, 20_000, 40_000])
  expect(afterCall(circuit, false, now)).toEqual(closed)
})
