import { expect, test } from 'vitest'
import { readVisitor } from './visitor.ts'

test('a page says of its visitor what it knows, and a half proof is none', () => {
  expect(readVisitor('')).toEqual({})
  expect(readVisitor('#name=Jo%20Field&email=jo%40example.org')).toEqual({
    name: 'Jo Field',
    email: 'jo@example.org',
  })
  expect(readVisitor('#key=hsw_1&userId=4711')).toEqual({})
  expect(readVisitor('#key=hsw_1&userId=4711&userHash=ab')).toEqual({
    customer: { writeKey: 'hsw_1', userId: '4711', userHash: 'ab' },
  })
})
