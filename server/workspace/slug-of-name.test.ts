import fc from 'fast-check'
import { expect, test } from 'vitest'
import { slugOfName } from './slug-of-name.ts'

const none = new Set<string>()

test.each([
  ['ACME Inc.', 'acme-inc'],
  ['  Café Łódź & Söhne ', 'cafe-lodz-sohne'],
  ['Straße 7', 'strasse-7'],
  ['株式会社', 'workspace'],
  ['---', 'workspace'],
])('%s becomes %s', (name, slug) => {
  expect(slugOfName(name, none)).toBe(slug)
})

test('a name that is taken gets the next number', () => {
  expect(slugOfName('Acme', new Set(['acme', 'acme-2']))).toBe('acme-3')
})

test('a slug fits into an address and is never one that is taken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.nat(30), (name, uses) => {
      const taken = new Set<string>()
      for (let use = 0; use <= uses; use += 1) {
        const slug = slugOfName(name, taken)
        expect(slug).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
        expect(taken.has(slug)).toBe(false)
        taken.add(slug)
      }
    }),
    { numRuns: 200 },
  )
})
