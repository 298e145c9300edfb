import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseRow } from '../../../../contract/cases.ts'
import { changePages, neighbourOf, rowsOf, shiftAbove, staysIn } from './case-pages.ts'

const me = 'me'
const base: CaseRow = {
  id: 'a',
  number: 1,
  person: { id: 'p', name: 'Ada' },
  preview: '',
  channel: 'web',
  presence: null,
  status: 'open',
  function: 'service',
  assignee: null,
  priority: 'normal',
  dueAt: null,
  isWaiting: true,
  sentiment: null,
  labels: [],
  tags: [],
  snoozedUntil: null,
  lastActivityAt: '2026-01-01T00:00:00Z',
  messages: 1,
  isUnread: false,
}

function row(id: string, change: Partial<CaseRow> = {}): CaseRow {
  return { ...base, id, ...change }
}

describe('which view a case stands in', () => {
  const mine = { id: me, name: 'Me' }
  test.each([
    ['open', row('a'), true],
    ['open', row('a', { status: 'resolved' }), false],
    ['open', row('a', { snoozedUntil: '2030-01-01T00:00:00Z' }), false],
    ['mine', row('a', { assignee: mine }), true],
    ['mine', row('a'), false],
    ['unassigned', row('a'), true],
    ['unassigned', row('a', { assignee: mine }), false],
    ['snoozed', row('a', { snoozedUntil: '2030-01-01T00:00:00Z' }), true],
    ['snoozed', row('a'), false],
    ['resolved', row('a', { status: 'resolved' }), true],
    ['resolved', row('a', { status: 'pending' }), false],
    ['mentions', row('a', { status: 'resolved' }), true],
    ['all', row('a', { status: 'resolved' }), true],
  ] as const)('in %s', (view, subject, expected) => {
    expect(staysIn(view, subject, me)).toBe(expected)
  })
})

describe('the loaded list under change', () => {
  test('resolving takes the case from the open view and counts one less', () => {
    const pages = [
      { items: [row('a'), row('b')], nextCursor: 'x', total: 3 },
      { items: [row('c')], nextCursor: null, total: 3 },
    ]
    const after = changePages(pages, {
      ids: ['b'],
      change: { status: 'resolved' },
      view: 'open',
      memberId: me,
    })
    expect(rowsOf(after).map((item) => item.id)).toEqual(['a', 'c'])
    expect(after.map((page) => page.total)).toEqual([2, 2])
  })

  test('in the view of all cases it stays and shows the new status', () => {
    const pages = [{ items: [row('a')], nextCursor: null, total: 1 }]
    const after = changePages(pages, {
      ids: ['a'],
      change: { status: 'resolved' },
      view: 'all',
      memberId: me,
    })
    expect(rowsOf(after)[0]?.status).toBe('resolved')
  })

  test('a case on two pages is shown once', () => {
    const pages = [
      { items: [row('a'), row('b')], nextCursor: 'x', total: 2 },
      { items: [row('b')], nextCursor: null, total: 2 },
    ]
    expect(rowsOf(pages).map((item) => item.id)).toEqual(['a', 'b'])
  })

  test('a reload says how far the first visible row moved and what is new above it', () => {
    expect(shiftAbove(['a', 'b', 'c'], ['n', 'm', 'a', 'b', 'c'], 'b')).toEqual({ rows: 2, arrived: 2 })
    expect(shiftAbove(['a', 'b', 'c'], ['b', 'c'], 'c')).toEqual({ rows: -1, arrived: 0 })
    expect(shiftAbove(['a'], ['b'], 'a')).toEqual({ rows: 0, arrived: 0 })
  })

  test('prepending any number of new cases shifts by exactly that number', () => {
    fc.assert(
      fc.property(fc.nat(30), fc.integer({ min: 1, max: 30 }), (fresh, old) => {
        const before = Array.from({ length: old }, (_, index) => `old-${index}`)
        const after = [...Array.from({ length: fresh }, (_, index) => `new-${index}`), ...before]
        expect(shiftAbove(before, after, `old-${old - 1}`)).toEqual({ rows: fresh, arrived: fresh })
      }),
    )
  })

  test('when a case leaves, the next one is opened, at the end the one before', () => {
    expect(neighbourOf(['a', 'b', 'c'], 'b')).toBe('c')
    expect(neighbourOf(['a', 'b', 'c'], 'c')).toBe('b')
    expect(neighbourOf(['a'], 'a')).toBeNull()
    expect(neighbourOf(['a', 'b'], 'further down')).toBe('a')
    expect(neighbourOf([], 'a')).toBeNull()
  })
})
