import { expect, test } from 'vitest'
import { mergedPerson, unmergedPerson, type PersonState } from './plan-merge.ts'

const kept: PersonState = {
  id: 'kept',
  name: 'Ines',
  lifecycle: 'prospect',
  preferredChannel: null,
  memory: 'moved to Porto',
  memberships: ['beta'],
  firstSeenAt: new Date('2026-01-05'),
  lastSeenAt: new Date('2026-02-01'),
  inbound: 3,
  lastSentiment: 'neutral',
}
const other: PersonState = {
  ...kept,
  id: 'other',
  name: 'ines_rides',
  lifecycle: 'customer',
  preferredChannel: 'email',
  memory: 'likes calls',
  memberships: ['vip', 'beta'],
  firstSeenAt: new Date('2025-12-01'),
  lastSeenAt: new Date('2026-03-01'),
  inbound: 4,
  lastSentiment: 'positive',
}
const nothingSince = { inbound: 0, lastAt: null }

test('a merge loses nothing that was known of either', () => {
  expect(mergedPerson(kept, other)).toEqual({
    id: 'kept',
    name: 'Ines',
    lifecycle: 'customer',
    preferredChannel: 'email',
    memory: 'moved to Porto\n\nlikes calls',
    memberships: ['beta', 'vip'],
    firstSeenAt: new Date('2025-12-01'),
    lastSeenAt: new Date('2026-03-01'),
    inbound: 7,
    lastSentiment: 'positive',
  })
})

test('undoing a merge at once restores the exact state', () => {
  const merged = mergedPerson(kept, other)
  expect(unmergedPerson(kept, merged, merged, nothingSince)).toEqual(kept)
})

test('what was written and said since the merge stays', () => {
  const merged = mergedPerson(kept, other)
  const said = { inbound: 2, lastAt: new Date('2026-04-01') }
  const now = { ...merged, memory: 'a new note', inbound: merged.inbound + 2 }
  expect(unmergedPerson(kept, merged, now, said)).toEqual({
    ...kept,
    memory: 'a new note',
    inbound: 5,
    lastSeenAt: new Date('2026-04-01'),
  })
})
