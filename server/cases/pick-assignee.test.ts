import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pickAssignee, type CaseToTake, type Colleague } from './pick-assignee.ts'

const wanted: CaseToTake = {
  function: 'service',
  title: 'Service',
  lastAnsweredBy: null,
  mostOpenCases: 20,
}

function colleague(id: string, change: Partial<Colleague> = {}): Colleague {
  return {
    id,
    name: id,
    functions: ['service'],
    isActive: true,
    isAvailable: true,
    isOnline: false,
    openCases: 5,
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

  test.each([
    [{ lastAnsweredBy: 'a' }, {}, 'answered this person last, of 3 on duty'],
    [{}, { isOnline: true }, 'the only one here now, of 3 on duty'],
    [{}, { openCases: 2 }, 'fewest open cases (2) among 3 on duty'],
    [{}, {}, 'waited longest for a case among 3 on duty'],
  ])('is told by what set them apart', (change, best, reason) => {
    const colleagues = [colleague('a', best), colleague('b'), colleague('c')]
    expect(pickAssignee({ ...wanted, ...change }, colleagues)).toEqual({ memberId: 'a', reason })
  })

  test.each([
    [[colleague('a', { functions: ['pr'] })], 'nobody works in Service'],
    [[colleague('a', { isAvailable: false })], 'everybody in Service is away'],
    [[colleague('a', { openCases: 20 })], 'everybody on duty has 20 open cases or more'],
  ])('may be nobody, and then says why', (colleagues, reason) => {
    expect(pickAssignee(wanted, colleagues)).toEqual({ memberId: null, reason })
  })

  test('are all given the same share of many cases', () => {
    let colleagues = ['a', 'b', 'c'].map((id) => colleague(id, { openCases: 0 }))
    for (let turn = 0; turn < 30; turn += 1) {
      const { memberId } = pickAssignee(wanted, colleagues)
      colleagues = colleagues.map((one) =>
        one.id === memberId ? { ...one, openCases: one.openCases + 1, lastAssignedAt: turn } : one,
      )
    }
    expect(colleagues.map((one) => one.openCases)).toEqual([10, 10, 10])
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
