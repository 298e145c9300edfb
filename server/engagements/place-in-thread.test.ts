import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeInThreads, type ToPlace } from './place-in-thread.ts'

const nothing = { parents: new Map(), orphans: [], names: new Map() }

function item(id: string, parent: string | null = null, threadName: string | null = null): ToPlace {
  return { id, key: `x ${id}`, parentKey: parent === null ? null : `x ${parent}`, threadName }
}

test('an answer stands in the thread of what it answers, whichever comes first', () => {
  const places = placeInThreads([item('b', 'a'), item('a'), item('c', 'b')], nothing)
  expect(new Set(places.threadOf.values()).size).toBe(1)
  expect(Object.fromEntries(places.parentOf)).toEqual({ b: 'a', c: 'b' })
})

test('a parent that comes late adopts its answer and makes two stored threads one', () => {
  const places = placeInThreads([item('m', 'r')], {
    parents: new Map([['x r', { id: 'r', threadId: 'r' }]]),
    orphans: [{ id: 'z', threadId: 'q', parentKey: 'x m' }],
    names: new Map(),
  })
  expect(places.adoptions).toEqual([{ id: 'z', parentId: 'm' }])
  expect(places.merges).toEqual([{ from: 'r', into: 'q' }])
  expect(places.threadOf.get('m')).toBe('q')
})

test('a missing parent leaves an engagement in a thread of its own', () => {
  const places = placeInThreads([item('a', 'gone')], nothing)
  expect(places.threadOf.get('a')).toBe('a')
  expect(places.parentOf.size).toBe(0)
})

test('a named thread holds all that bear its name', () => {
  const places = placeInThreads(
    [item('a', null, 'web 1'), item('b', null, 'web 1'), item('c', null, 'web 2')],
    {
      ...nothing,
      names: new Map([['web 2', 't']]),
    },
  )
  expect(places.threadOf.get('a')).toBe(places.threadOf.get('b'))
  expect(places.threadOf.get('c')).toBe('t')
  expect(places.newNames.map((name) => name.name)).toEqual(['web 1'])
})

test('an engagement that names itself as its parent is a root', () => {
  expect(placeInThreads([item('a', 'a')], nothing).threadOf.get('a')).toBe('a')
})

test('where the parent never came here, what stands above it stands in', () => {
  const places = placeInThreads(
    [{ ...item('c', 'rewritten'), ancestorKeys: ['x gone', 'x a'] }, item('a')],
    nothing,
  )
  expect(places.parentOf.get('c')).toBe('a')
  expect(places.threadOf.get('c')).toBe(places.threadOf.get('a'))
})

describe('in a closed circle', () => {
  const said = (id: string, parent: string | null, speaker: string, ...to: string[]): ToPlace => ({
    ...item(id, parent),
    speaker,
    participants: new Set([speaker, ...to]),
  })
  const ours = (id: string, parent: string | null, ...to: string[]): ToPlace => ({
    ...item(id, parent),
    participants: new Set(['care', ...to]),
  })

  test('whoever spoke or was addressed goes on, and a stranger who names it does not join', () => {
    const items = [
      said('a', null, 'jo', 'al'),
      ours('b', 'a', 'jo'),
      said('c', 'b', 'jo'),
      said('d', 'a', 'al'),
    ]
    const { threadOf, parentOf } = placeInThreads([...items, said('s', 'b', 'eve')], nothing)
    expect(new Set(['a', 'b', 'c', 'd'].map((id) => threadOf.get(id))).size).toBe(1)
    expect(threadOf.get('s')).toBe('s')
    expect(parentOf.has('s')).toBe(false)
  })

  test('the same holds for what was stored before', () => {
    const known = {
      parents: new Map([['x a', { id: 'a', threadId: 't' }]]),
      orphans: [
        { id: 'o', threadId: 'o', parentKey: 'x n', speaker: 'eve' },
        { id: 'p', threadId: 'p', parentKey: 'x n', speaker: 'jo' },
      ],
      names: new Map(),
      takesPart: new Set(['t jo']),
    }
    const places = placeInThreads([said('m', 'a', 'jo'), said('s', 'a', 'eve'), ours('n', null, 'jo')], known)
    expect(places.threadOf.get('m')).toBe('t')
    expect(places.threadOf.get('s')).toBe('s')
    expect(places.adoptions).toEqual([{ id: 'p', parentId: 'n' }])
  })
})

test('which engagements share a thread does not depend on their order', () => {
  const forest = fc.array(fc.nat(30), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(forest, fc.func(fc.integer()), (parents, order) => {
      const items = parents.map((parent, index) => item(`n${index}`, parent < index ? `n${parent}` : null))
      const shuffled = items.toSorted((a, b) => order(a.id) - order(b.id))
      expect(groups(placeInThreads(shuffled, nothing).threadOf)).toEqual(
        groups(placeInThreads(items, nothing).threadOf),
      )
    }),
  )
})

function groups(threadOf: ReadonlyMap<string, string>): readonly string[] {
  return [...Map.groupBy([...threadOf], ([, thread]) => thread).values()]
    .map((members) =>
      members
        .map(([id]) => id)
        .sort()
        .join(' '),
    )
    .sort()
}
