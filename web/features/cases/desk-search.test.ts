import { describe, expect, test } from 'vitest'
import { countFilters, DeskSearch, toCaseFilter, withoutFilters } from './desk-search.ts'

const id = '018f7a52-7c11-7b2e-9d4e-3f1c2a5b6c7d'

describe('the address of the desk', () => {
  test('an empty address shows open cases, the soonest due first', () => {
    expect(toCaseFilter(DeskSearch.parse({}))).toEqual({ view: 'open', sort: 'due' })
  })

  test('what stands in the address is what the list is asked for', () => {
    const search = DeskSearch.parse({
      view: 'mine',
      function: 'service',
      late: true,
      q: 'parcel',
      case: id,
      panel: 'path',
    })
    expect(toCaseFilter(search)).toEqual({
      view: 'mine',
      sort: 'due',
      function: 'service',
      late: true,
      q: 'parcel',
    })
  })

  test('a part that cannot be read is left out, the rest holds', () => {
    const search = DeskSearch.parse({ view: 'nonsense', case: 'no-id', sentiment: 'negative', tag: 42 })
    expect(search.view).toBeUndefined()
    expect(search.case).toBeUndefined()
    expect(search.sentiment).toBe('negative')
    expect(search.tag).toBe('42')
  })

  test('view, sort and search are no filters; clearing filters keeps the open case', () => {
    const search = DeskSearch.parse({
      view: 'all',
      sort: 'newest',
      q: 'x',
      label: 'question',
      tag: 'vip',
      case: id,
    })
    expect(countFilters(search)).toBe(2)
    expect(withoutFilters(search)).toEqual({ view: 'all', sort: 'newest', case: id, panel: undefined })
  })
})
