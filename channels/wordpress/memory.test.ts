import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Comment } from './comment.ts'
import { compare, readMemory, remember, type Memory } from './memory.ts'

function comment(id: number, raw = 'hello', status = 'approved'): Comment {
  return Comment.parse({ id, status, content: { raw }, date_gmt: '2026-05-01T10:00:00' })
}

function memoryOf(comments: readonly Comment[]): Memory {
  const empty: Memory = { v: 1, last: 0, at: 0, isBehind: false, sweep: 0, known: [] }
  const changes = compare(empty, { comments, hasNewer: false, isFirst: true }, true)
  return { ...empty, last: comments.at(-1)?.id ?? 0, known: remember([], changes) }
}

const whole = { hasNewer: false, isFirst: true }

describe('what a connection remembers of comments', () => {
  test('tells new, changed and missing ones apart', () => {
    const memory = memoryOf([comment(1), comment(2), comment(5)])
    const page = { comments: [comment(1), comment(5, 'changed'), comment(6)], ...whole }
    expect(compare(memory, page, true)).toMatchObject([
      { id: 5, revision: 1, before: 'said' },
      { id: 6, revision: 0, before: 'nothing' },
      { id: 2, comment: null, before: 'said' },
    ])
  })

  test('a comment that was hidden from us and is no more counts as new', () => {
    const memory = memoryOf([comment(1), comment(5)])
    const page = { comments: [comment(1), comment(3), comment(5)], ...whole }
    expect(compare(memory, page, true)).toMatchObject([{ id: 3, before: 'nothing' }])
  })

  test('what was spam and is approved was not said before', () => {
    const memory = memoryOf([comment(1, 'x', 'spam')])
    expect(compare(memory, { comments: [comment(1, 'x')], ...whole }, true)).toMatchObject([
      { id: 1, revision: 1, before: 'not-said' },
    ])
  })

  test('a page from the middle says nothing of what stands outside it', () => {
    const memory = memoryOf([1, 2, 3, 4, 5].map((id) => comment(id)))
    const page = { comments: [comment(2), comment(4)], hasNewer: true, isFirst: false }
    expect(compare(memory, page, false)).toMatchObject([{ id: 3, comment: null }])
  })

  test('whatever happened, once told it is told no more', () => {
    const comments = fc
      .uniqueArray(
        fc.record({
          id: fc.integer({ min: 1, max: 40 }),
          raw: fc.constantFrom('a', 'b', 'c'),
          status: fc.constantFrom('approved', 'hold', 'spam', 'trash'),
        }),
        { selector: ({ id }) => id },
      )
      .map((all) =>
        all
          .toSorted((one, other) => one.id - other.id)
          .map(({ id, raw, status }) => comment(id, raw, status)),
      )
    fc.assert(
      fc.property(comments, comments, (before, after) => {
        const memory = memoryOf(before)
        const page = { comments: after, ...whole }
        const changes = compare(memory, page, true)
        const last = Math.max(memory.last, after.at(-1)?.id ?? 0)
        const next = { ...memory, last, known: remember(memory.known, changes) }
        expect(readMemory(JSON.stringify(next))).toEqual(next)
        expect(compare(next, page, true)).toEqual([])
      }),
    )
  })

  test.each([null, '', '{', 'v0:{}', '{"v":2}', '{"v":1}', '[]', '{"v":1,"known":[[0]]}'])(
    'a cursor like %j is none of ours',
    (cursor) => expect(readMemory(cursor)).toBeNull(),
  )
})
