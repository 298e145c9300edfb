import { describe, expect, test } from 'vitest'
import { CaseFilter, CasePriority } from '../../../contract/cases.ts'
import { Label, Sentiment } from '../../../contract/reading.ts'
import {
  deskSorts,
  deskViews,
  labels,
  priorities,
  readDeskSearch,
  sentiments,
  setFilters,
  toCaseFilter,
  withoutFilters,
} from './desk-search.ts'

const id = '018f7a52-7c11-7b2e-9d4e-3f1c2a5b6c7d'

describe('the address of the desk', () => {
  test('an empty address shows open cases, the soonest due first', () => {
    expect(toCaseFilter(readDeskSearch({}))).toEqual({ view: 'open', sort: 'due' })
  })

  test('what stands in the address is what the list is asked for, and the contract accepts it', () => {
    const search = readDeskSearch({
      view: 'mine',
      function: 'service',
      late: 'yes',
      q: 'parcel',
      case: id,
      panel: 'path',
    })
    const filter = toCaseFilter(search)
    expect(filter).toEqual({ view: 'mine', sort: 'due', function: 'service', late: true, q: 'parcel' })
    expect(CaseFilter.parse(filter)).toEqual(filter)
  })

  test('a part that cannot be read is left out, the rest holds', () => {
    const search = readDeskSearch({
      view: 'nonsense',
      case: 'no-id',
      function: 'No Key',
      sentiment: 'negative',
      tag: 42,
      q: 'x'.repeat(201),
    })
    expect(search).toEqual({ sentiment: 'negative', tag: '42' })
  })

  test('view, sort and search are no filters; clearing filters keeps the open case', () => {
    const search = readDeskSearch({
      view: 'all',
      sort: 'newest',
      q: 'x',
      label: 'question',
      tag: 'vip',
      case: id,
    })
    expect(setFilters(search)).toEqual(['label', 'tag'])
    expect(withoutFilters(search)).toEqual({ view: 'all', sort: 'newest', case: id })
  })

  test('the words of the address are the words of the contract', () => {
    expect(deskViews).toEqual(CaseFilter.shape.view.unwrap().options)
    expect(deskSorts).toEqual(CaseFilter.shape.sort.unwrap().options)
    expect(priorities).toEqual(CasePriority.options)
    expect(labels).toEqual(Label.options)
    expect(sentiments).toEqual(Sentiment.options)
  })
})
