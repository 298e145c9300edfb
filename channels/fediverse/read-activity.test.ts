import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import type { RawEvent } from '../channel.ts'
import { addressesOf } from './addresses.ts'
import { readActivity } from './read-activity.ts'

const own = addressesOf('https://care.example', 'care')
const actor = {
  id: 'https://elsewhere.example/users/ada',
  handle: 'ada@elsewhere.example',
  name: 'Ada',
  followers: 'https://elsewhere.example/users/ada/followers',
}
const everybody = 'https://www.w3.org/ns/activitystreams#Public'
const at = Date.parse('2026-03-01T10:00:00Z')

function event(activity: object, facts: Record<string, string> = {}): RawEvent {
  const body = {
    id: `${actor.id}/activity/1`,
    actor: actor.id,
    published: '2026-03-01T09:59:00Z',
    ...activity,
  }
  return {
    key: 'k',
    at,
    body: Buffer.from(JSON.stringify(body)),
    facts: { actor: JSON.stringify(actor), receivedAt: String(at), ...facts },
  }
}

function note(more: object): object {
  const id = `${actor.id}/statuses/1`
  return {
    id,
    type: 'Note',
    attributedTo: actor.id,
    content: '<p>hello</p>',
    to: [everybody],
    cc: [own.actor],
    ...more,
  }
}

function created(more: object) {
  const { activities } = readActivity(event({ type: 'Create', object: note(more) }), own)
  return activities[0]
}

describe('the circle of a post', () => {
  test.each([
    [{ to: [everybody], cc: [own.actor] }, 'public'],
    [{ to: 'as:Public', cc: own.actor }, 'public'],
    [{ to: [actor.followers, own.actor], cc: ['Public'] }, 'unlisted'],
    [{ to: [actor.followers], cc: [own.actor] }, 'followers'],
    [{ to: [own.actor], cc: [] }, 'direct'],
    [{ to: [own.actor], cc: undefined }, 'direct'],
  ])('%j is %s', (audience, visibility) => expect(created(audience)?.visibility).toBe(visibility))

  test('is that of the activity where the post says none', () => {
    const object = note({ to: undefined, cc: undefined })
    const read = readActivity(event({ type: 'Create', to: [own.actor], object }), own)
    expect(read.activities[0]?.visibility).toBe('direct')
  })
})

test('a post is read with warning, language, pictures and whom it names', () => {
  const read = created({
    summary: 'about food',
    content: '<p>Grüezi</p>',
    contentMap: { en: '<p>Hello</p>', gsw: '<p>Grüezi</p>' },
    inReplyTo: `${own.actor}/objects/x`,
    tag: [
      { type: 'Mention', href: own.actor, name: '@care@care.example' },
      { type: 'Mention', href: 'https://b.example/users/bob', name: '@bob' },
      { type: 'Emoji', name: ':blob:' },
    ],
    attachment: [
      { type: 'Document', mediaType: 'image/png', url: 'https://elsewhere.example/1.png', name: 'a cat' },
      { type: 'Image', url: { type: 'Link', href: 'https://elsewhere.example/2.png' } },
      { type: 'Image', url: 'javascript:alert(1)' },
    ],
  })
  expect(read).toMatchObject({
    subject: 'about food',
    text: 'Grüezi',
    language: 'gsw',
    parentExternalId: `${own.actor}/objects/x`,
    mentions: ['care@care.example', 'bob@b.example'],
    media: [
      { url: 'https://elsewhere.example/1.png', mediaType: 'image/png', alt: 'a cat' },
      { url: 'https://elsewhere.example/2.png' },
    ],
    publishedAt: '2026-03-01T09:59:00.000Z',
  })
})

describe('what another server owns', () => {
  const foreign = 'https://victim.example/users/bob/statuses/1'
  test.each([
    ['Create', { type: 'Create', object: note({ id: foreign }) }],
    ['Update', { type: 'Update', object: note({ id: foreign }) }],
    ['Delete', { type: 'Delete', object: foreign }],
    ['Delete of a tombstone', { type: 'Delete', object: { id: foreign, type: 'Tombstone' } }],
    ['Undo', { type: 'Undo', object: { id: foreign, type: 'Like' } }],
  ])('is not changed by a %s', (_, activity) => {
    const read = readActivity(event(activity), own)
    expect(read.activities).toEqual([])
    expect(read.unknown).toHaveLength(1)
  })

  test('is not said in the name of whoever the bytes name', () => {
    const forged = event({ type: 'Create', actor: 'https://victim.example/users/bob', object: note({}) })
    expect(readActivity(forged, own).activities[0]?.author.externalId).toBe(actor.id)
  })
})

test('signs under things of ours are heard, under things of others not', () => {
  const ours = `${own.actor}/objects/x`
  const like = readActivity(event({ type: 'Like', object: ours }), own).activities[0]
  expect(like).toMatchObject({ type: 'Like', parentExternalId: ours })
  expect(
    readActivity(event({ type: 'EmojiReact', content: '🎉', object: ours }), own).activities[0]?.text,
  ).toBe('🎉')
  expect(readActivity(event({ type: 'Announce', object: 'https://b.example/1' }), own).activities).toEqual([])
  const undone = readActivity(
    event({ type: 'Undo', object: { id: `${actor.id}#likes/1`, type: 'Like' } }),
    own,
  )
  expect(undone.activities[0]).toMatchObject({ type: 'Delete', externalId: `${actor.id}#likes/1` })
})

test('who blocks us, or leaves the network, is told', () => {
  const block = event({ type: 'Block', object: own.actor })
  expect(readActivity(block, own).consents).toEqual([{ address: actor.id, mayWrite: false, at }])
  const undo = event({ type: 'Undo', object: { id: 'x', type: 'Block', object: own.actor } })
  expect(readActivity(undo, own).consents).toEqual([{ address: actor.id, mayWrite: true, at }])
  expect(readActivity(event({ type: 'Delete', object: actor.id }), own).goneAuthors).toEqual([
    { externalId: actor.id, at },
  ])
  expect(readActivity(event({ type: 'Flag', object: own.actor }), own).unknown).toEqual(['activity Flag'])
})

test('whatever stands in an activity, it is read alike twice and is an engagement or nothing', () => {
  const type = fc.constantFrom(
    'Create',
    'Update',
    'Delete',
    'Like',
    'Announce',
    'Follow',
    'Undo',
    'Block',
    'Move',
  )
  fc.assert(
    fc.property(type, fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (kind, object, tag, to) => {
      const raw = event({
        type: kind,
        object: { ...note({ tag, to, attachment: tag, contentMap: to }), name: object },
        to,
      })
      const read = readActivity(raw, own)
      expect(readActivity(raw, own)).toEqual(read)
      for (const activity of read.activities) EngagementInput.parse(activity)
      const bare = readActivity(event({ type: kind, object }), own)
      for (const activity of bare.activities) EngagementInput.parse(activity)
    }),
  )
})
