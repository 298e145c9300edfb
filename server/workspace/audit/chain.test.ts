import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, hashEntry, noHash, walkChain, type ChainEntry } from './chain.ts'

const start = { entries: 0, hash: noHash }
const json = fc.jsonValue({ maxDepth: 3 })

function chainOf(values: readonly unknown[]) {
  let hash = noHash
  return values.map((after, index) => {
    const entry: ChainEntry = {
      workspaceId: 'w',
      number: index + 1,
      id: `e${index + 1}`,
      at: new Date(index * 1000),
      actorId: null,
      actor: 'Maria',
      action: 'member.changed',
      subjectType: 'member',
      subjectId: 'm',
      before: null,
      after,
    }
    hash = hashEntry(hash, entry)
    return { ...entry, hash }
  })
}

describe('the chain of the audit trail', () => {
  const chains = fc.array(json, { minLength: 2, maxLength: 12 }).map(chainOf)
  const withIndex = chains.chain((chain) => fc.tuple(fc.constant(chain), fc.nat(chain.length - 1)))

  test('holds as it was written, in one walk or in pages', () => {
    fc.assert(
      fc.property(withIndex, ([chain, at]) => {
        const first = walkChain(start, chain.slice(0, at))
        if ('brokenAt' in first) throw new Error('broken')
        expect(walkChain(first, chain.slice(at))).toEqual({ entries: chain.length, hash: chain.at(-1)?.hash })
      }),
    )
  })

  const forgeries = {
    actor: 'X',
    action: 'x',
    subjectId: 'x',
    after: 'forged',
    at: new Date(999_999),
    number: 99,
  }

  test('breaks at an entry that was changed', () => {
    const field = fc.constantFrom('actor', 'action', 'subjectId', 'after', 'at', 'number')
    fc.assert(
      fc.property(withIndex, field, ([chain, at], name) => {
        const target = chain[at]
        fc.pre(target !== undefined && target.after !== 'forged')
        const changed = chain.with(at, { ...chain[at]!, [name]: forgeries[name as keyof typeof forgeries] })
        expect(walkChain(start, changed)).toEqual({ brokenAt: chain[at]?.id })
      }),
    )
  })

  test('breaks behind an entry that was dropped, at entries swapped, and at one put in', () => {
    fc.assert(
      fc.property(withIndex, ([chain, at]) => {
        const next = chain[at + 1]
        if (next === undefined) return
        expect(walkChain(start, chain.toSpliced(at, 1))).toEqual({ brokenAt: next.id })
        expect(walkChain(start, chain.toSpliced(at, 2, next, ...chain.slice(at, at + 1)))).toEqual({
          brokenAt: next.id,
        })
        const extra = { ...next, id: 'extra' }
        expect(walkChain(start, chain.toSpliced(at, 0, extra))).toEqual({ brokenAt: 'extra' })
      }),
    )
  })
})

test('the order of keys does not matter, their content does', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: undefined })).toBe('{"b":[{"c":2,"d":1}]}')
})
