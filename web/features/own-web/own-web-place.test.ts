import { expect, test } from 'vitest'
import { readPlace } from './own-web-place.ts'

test.each([
  ['/contact/acme', { page: 'contact', key: 'acme' }],
  ['/chat/acme', { page: 'chat', key: 'acme' }],
  ['/c/abc_DEF-1/', { page: 'conversation', key: 'abc_DEF-1' }],
  ['/s/t%20x', { page: 'survey', key: 't x' }],
  ['/s/%E0%A4%A', { page: 'survey', key: '%E0%A4%A' }],
  ['/contact/', undefined],
  ['/contact/a/b', undefined],
  ['/w/acme', undefined],
])('the public address %s names %j', (path, place) => {
  expect(readPlace(path)).toEqual(place)
})
