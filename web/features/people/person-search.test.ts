import { expect, test } from 'vitest'
import { readPersonSearch } from './person-search.ts'

test('the address of a person keeps what can be read', () => {
  expect(readPersonSearch({ channel: 'web', kind: 'note', panel: 'merge' })).toEqual({
    channel: 'web',
    kind: 'note',
    panel: 'merge',
  })
  expect(readPersonSearch({ channel: '', kind: 'song', panel: 'x', other: '1' })).toEqual({})
  expect(readPersonSearch({ channel: 'x'.repeat(65) })).toEqual({})
})
