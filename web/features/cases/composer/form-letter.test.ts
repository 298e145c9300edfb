import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkFormLetter } from './form-letter.ts'

const customer =
  'My parcel with the blue kettle says delivered but nobody rang the bell. Second time this month!'

describe('reads like a form letter', () => {
  test('stock phrases that take up nothing of what was said', () => {
    const check = checkFormLetter(
      'Thank you for reaching out. We apologize for any inconvenience. Please DM us and we will look at it.',
      customer,
    )
    expect(check.isFormLetter).toBe(true)
    expect(check.takenUp).toEqual([])
    expect(check.phrases).toContain('we apologize for any inconvenience')
  })

  test('an apology made of stock phrases, even when it names the parcel', () => {
    const check = checkFormLetter(
      "We're sorry to hear that. We apologize for the inconvenience. Rest assured, we're looking into this parcel.",
      customer,
    )
    expect(check.share).toBeGreaterThan(0.4)
    expect(check.isFormLetter).toBe(true)
  })

  test('typographic apostrophes count alike', () => {
    expect(checkFormLetter('We’re sorry to hear that. We’re here to help!', customer).isFormLetter).toBe(true)
  })
})

describe('does not read like a form letter', () => {
  test('a human answer with one polite phrase', () => {
    const check = checkFormLetter(
      'Ouch, twice in a month is twice too often. I rang the depot: the kettle is with your neighbour at number 12. ' +
        'If it is not, write here and I send a new one tonight. Have a great day, Mira',
      customer,
    )
    expect(check.takenUp).toEqual(expect.arrayContaining(['kettle', 'month']))
    expect(check.isFormLetter).toBe(false)
  })

  test('a short direct answer without any stock phrase', () => {
    expect(checkFormLetter('Yes, until Friday.', customer).isFormLetter).toBe(false)
  })

  test('nothing at all', () => {
    expect(checkFormLetter('', customer)).toEqual({ isFormLetter: false, phrases: [], share: 0, takenUp: [] })
  })
})

test('whatever is written, the share is a share and no stock phrase means no form letter', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (answer, theirs) => {
      const check = checkFormLetter(answer, theirs)
      expect(check.share).toBeGreaterThanOrEqual(0)
      expect(check.share).toBeLessThanOrEqual(1)
      expect(check.isFormLetter && check.phrases.length === 0).toBe(false)
    }),
  )
})
