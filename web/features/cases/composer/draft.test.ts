import { beforeEach, describe, expect, test } from 'vitest'
import { type Draft, draftName, readDraft, trimDrafts, writeDraft } from './draft.ts'

function memoryStorage() {
  const map = new Map<string, string>()
  return {
    get length() {
      return map.size
    },
    key: (index: number) => [...map.keys()][index] ?? null,
    getItem: (name: string) => map.get(name) ?? null,
    setItem: (name: string, value: string) => void map.set(name, value),
    removeItem: (name: string) => void map.delete(name),
  }
}

function draft(text: string, savedAt = 1): Draft {
  return { text, key: 'k', lastSeenEngagementId: null, savedAt }
}

describe('drafts survive', () => {
  let storage = memoryStorage()
  beforeEach(() => {
    storage = memoryStorage()
  })

  test('what was written comes back with the same key', () => {
    const name = draftName('acme', 'case', 'reply')
    expect(writeDraft(storage, name, draft('Hello'))).toBe(true)
    expect(readDraft(storage, name)).toEqual(draft('Hello'))
  })

  test('an answer and a note on one case are two drafts, in each workspace its own', () => {
    const names = new Set([
      draftName('acme', 'c', 'reply'),
      draftName('acme', 'c', 'note'),
      draftName('other', 'c', 'reply'),
    ])
    expect(names.size).toBe(3)
  })

  test('an emptied draft is gone; a broken one is not shown', () => {
    const name = draftName('acme', 'case', 'reply')
    writeDraft(storage, name, draft('Hello'))
    writeDraft(storage, name, draft('  '))
    expect(readDraft(storage, name)).toBeNull()
    storage.setItem(name, '{"text":')
    expect(readDraft(storage, name)).toBeNull()
  })

  test('a browser that refuses to store is told, not thrown', () => {
    const full = {
      ...memoryStorage(),
      length: 0,
      setItem: () => {
        throw new Error('quota')
      },
    }
    expect(writeDraft(full, 'x', draft('Hello'))).toBe(false)
  })

  test('beyond 200 drafts the oldest go', () => {
    for (let index = 0; index < 203; index += 1) {
      writeDraft(storage, draftName('acme', String(index), 'reply'), draft('x', index))
    }
    storage.setItem('something.else', '1')
    trimDrafts(storage)
    expect(storage.length).toBe(201)
    expect(readDraft(storage, draftName('acme', '2', 'reply'))).toBeNull()
    expect(readDraft(storage, draftName('acme', '3', 'reply'))?.text).toBe('x')
  })
})
