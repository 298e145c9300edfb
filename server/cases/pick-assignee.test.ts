import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pickAssignee, type CaseToTake, type Colleague } from './pick-assignee.ts'

const wanted: CaseToTake = { function: 'service', language: 'de', lastAnsweredBy: null, mostOpenCases: 20 }

function colleague(id: string, change: Partial<Colleague> = {}): Colleague {
  return {
    id,
    name: id,
    functions: ['service'],
    isActive: true,
    isAvailable: true,
    isOnline: false,
    openCases: 5,
    languages: [],
    lastAssignedAt: null,
    ...change,
  }
}

describe('who takes a case', () => {
  const rules: readonly (readonly [string, Partial<CaseToTake>, readonly Colleague[], string])[] = [
    [
      'who answered this person last, even with more to do',
      { lastAnsweredBy: 'b' },
      [colleague('a'), colleague('b', { openCases: 9 })],
      'b',
    ],
    [
      'who speaks the language',
      {},
      [colleague('a', { openCases: 1 }), colleague('b', { languages: ['de'] })],
      'b',
    ],
    [
      'whoever else fits, where the language is unknown',
      { language: 'und' },
      [colleague('a'), colleague('b', { languages: ['und'] })],
      'a',
    ],
    ['who is here now', {}, [colleague('a', { openCases: 1 }), colleague('b', { isOnline: true })], 'b'],
    ['who has least to do', {}, [colleague('a'), colleague('b', { openCases: 4 })], 'b'],
    [
      'who was given a case longest ago',
      {},
      [colleague('a', { lastAssignedAt: 9 }), colleague('b', { lastAssignedAt: 3 })],
      'b',
    ],
    ['who was never given one', {}, [colleague('a', { lastAssignedAt: 9 }), colleague('b')], 'b'],
    [
      'only who works in the function',
      {},
      [colleague('a', { functions: ['sales'] }), colleague('b', { openCases: 19 })],
      'b',
    ],
    [
      'only who takes cases now',
      {},
      [colleague('a', { isAvailable: false }), colleague('b', { openCases: 19 })],
      'b',
    ],
    [
      'only who is still with us',
      { lastAnsweredBy: 'a' },
      [colleague('a', { isActive: false }), colleague('b')],
      'b',
    ],
    [
      'nobody who has too much already',
      { lastAnsweredBy: 'a' },
      [colleague('a', { openCases: 20 }), colleague('b')],
      'b',
    ],
  ]

  test.each(rules)('%s', (_name, change, colleagues, expected) => {
    expect(pickAssignee({ ...wanted, ...change }, colleagues).memberId).toBe(expected)
  })

  test('is told with reasons', () => {
    const given = { ...wanted, lastAnsweredBy: 'a' }
    expect(
      pickAssignee(given, [colleague('a', { languages: ['de'], isOnline: true }), colleague('b')]),
    ).toEqual({
      memberId: 'a',
      reasons: [
        'works in service and takes cases now',
        'answered this person last',
        'speaks de',
        'is here now',
        'has 5 open cases',
      ],
    })
  })

  test.each([
    [[colleague('a', { functions: ['pr'] })], 'nobody works in service'],
    [[colleague('a', { isAvailable: false })], 'nobody in service takes cases now'],
    [[colleague('a', { openCases: 20 })], 'everybody available has 20 open cases or more'],
  ])('may be nobody, and then says why', (colleagues, reason) => {
    expect(pickAssignee(wanted, colleagues)).toEqual({ memberId: null, reasons: [reason] })
  })

  test('does not depend on the order of colleagues', () => {
    const anyone = fc.record({
      openCases: fc.nat(25),
      isOnline: fc.boolean(),
      isAvailable: fc.boolean(),
      lastAssignedAt: fc.option(fc.nat(3)),
    })
    fc.assert(
      fc.property(fc.array(anyone, { maxLength: 6 }), (people) => {
        const colleagues = people.map((person, i) => colleague(`m${i}`, person))
        const pick = pickAssignee(wanted, colleagues)
        expect(pickAssignee(wanted, colleagues.toReversed())).toEqual(pick)
        const isAble = colleagues.some((one) => one.isAvailable && one.openCases < 20)
        expect(pick.memberId !== null).toBe(isAble)
      }),
    )
  })
})
