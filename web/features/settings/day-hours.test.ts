import { describe, expect, test } from 'vitest'
import { dayFault, nextSpan, toMinutes, toTime } from './day-hours.ts'

describe('hours of a day', () => {
  test('minutes and times of the day are the same thing in two forms', () => {
    for (const minutes of [0, 1, 540, 1020, 1439]) expect(toMinutes(toTime(minutes), false)).toBe(minutes)
  })

  test('midnight as an end is the end of the day', () => {
    expect(toMinutes('00:00', true)).toBe(1440)
    expect(toTime(1440)).toBe('00:00')
  })

  test.each([
    [[[540, 1020]], undefined],
    [[[1020, 540]], 'The end must come after the beginning.'],
    [
      [
        [540, 720],
        [700, 1020],
      ],
      'Times of one day must not overlap, and stand in order.',
    ],
  ] as const)('%j is judged as %s', (spans, fault) => {
    expect(dayFault(spans)).toBe(fault)
  })

  test('after a morning the afternoon is offered, and nothing after the whole day', () => {
    expect(nextSpan([[540, 720]])).toEqual([780, 1020])
    expect(nextSpan([[0, 1440]])).toBeUndefined()
  })
})
