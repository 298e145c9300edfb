import { describe, expect, test } from 'vitest'
import type { Link } from '../channel.ts'
import { concernsUs } from './concerns.ts'
import { rawEvent, type Form } from './heard.ts'
import { normalise } from './normalise.ts'

const us = 'did:plc:us'
const ours = `at://${us}/app.bsky.feed.post/3kaaaaaaaaaaa`
const link: Link = {
  id: 'one',
  account: { id: us, handle: 'care.test', name: 'Care', url: null, avatarUrl: null },
  config: { service: 'https://bsky.social' },
  secrets: {},
  hookUrl: '',
}
const at = Date.UTC(2026, 0, 2, 3, 4, 5)

function hear(
  path: string,
  record: object | null,
  more: { readonly action?: string; readonly form?: Form } = {},
) {
  const action = more.action ?? (record === null ? 'delete' : 'create')
  const body = { did: 'did:plc:ada', time: new Date(at).toISOString(), action, path, record, seq: 1 }
  const facts = { handle: 'ada.test', name: 'Ada' }
  return normalise(
    link,
    rawEvent({ action, uri: `at://did:plc:ada/${path}` }, body, { form: more.form ?? 'commit', at, facts }),
  )
}

function say(record: object) {
  return hear('app.bsky.feed.post/3kbbbbbbbbbbb', {
    $type: 'app.bsky.feed.post',
    text: 'Hi',
    createdAt: '2026-01-02T03:04:00Z',
    ...record,
  })
}

describe('a post', () => {
  test('below a post of ours stands in its thread', () => {
    const [said] = say({
      reply: { root: { uri: ours, cid: 'b' }, parent: { uri: 'at://did:plc:bob/x/y', cid: 'b' } },
    }).activities
    expect(said).toMatchObject({
      parentExternalId: 'at://did:plc:bob/x/y',
      threadExternalId: ours,
      direction: 'in',
    })
  })

  test('in a thread of others stands where its tree puts it, with nobody else', () => {
    const root = { uri: 'at://did:plc:bob/app.bsky.feed.post/1', cid: 'b' }
    expect(say({ reply: { root, parent: root } }).activities[0]).not.toHaveProperty('threadExternalId')
  })

  test('that quotes us is about what it quotes', () => {
    const embed = { $type: 'app.bsky.embed.record', record: { uri: ours, cid: 'b' } }
    expect(say({ embed }).activities[0]).toMatchObject({ parentExternalId: ours })
  })

  test('has its pictures with their descriptions, and the address of its card', () => {
    const image = { $type: 'blob', ref: { $link: 'bafy' }, mimeType: 'image/png', size: 3 }
    const pictures = say({ embed: { $type: 'app.bsky.embed.images', images: [{ image, alt: 'a cat' }] } })
    expect(pictures.activities[0]?.media).toEqual([
      {
        url: 'https://cdn.bsky.app/img/feed_fullsize/plain/did:plc:ada/bafy@jpeg',
        mediaType: 'image/png',
        alt: 'a cat',
      },
    ])
    const card = say({
      embed: { $type: 'app.bsky.embed.external', external: { uri: 'https://example.org/', title: 'x' } },
    })
    expect(card.activities[0]?.text).toBe('Hi\nhttps://example.org/')
  })

  test('names whom it mentions, us by our own handle', () => {
    const facet = (did: string, byteStart: number, byteEnd: number) => ({
      index: { byteStart, byteEnd },
      features: [{ $type: 'app.bsky.richtext.facet#mention', did }],
    })
    const text = '@old.test and @bob.test'
    const facets = [facet(us, 0, 9), facet('did:plc:bob', 14, 23), { index: 'nonsense' }]
    const said = say({ text, facets })
    expect(said.activities[0]?.mentions).toEqual(['care.test', 'bob.test'])
    expect(said.unknown).toEqual(['a facet of another kind'])
  })

  test('of tomorrow is read as far as it is known, and the rest is counted', () => {
    const said = say({ embed: { $type: 'app.bsky.embed.hologram' }, mood: 'sunny', langs: ['de'] })
    expect(said.activities[0]).toMatchObject({ text: 'Hi', language: 'de' })
    expect(said.unknown).toEqual(['embed app.bsky.embed.hologram', 'field mood'])
  })

  test('without text is named as a breach of the contract', () => {
    expect(() => say({ text: undefined })).toThrow('A post lacks or bends: text.')
  })

  test('that claims to be of another time is of the time at which it was heard', () => {
    const times = ['2099-01-01T00:00:00Z', '1970-01-01T00:00:00Z', 'yesterday', '2026-01-02T03:04:00Z']
    const read = times.map((createdAt) => say({ createdAt }).activities[0]?.publishedAt)
    const heard = '2026-01-02T03:04:05.000Z'
    expect(read).toEqual([heard, heard, heard, '2026-01-02T03:04:00.000Z'])
  })
})

describe('other records', () => {
  test('likes, reposts and follows are signs on what is ours', () => {
    const createdAt = '2026-01-02T03:04:00Z'
    const like = hear('app.bsky.feed.like/1', { createdAt, subject: { uri: ours, cid: 'b' } })
    expect(like.activities[0]).toMatchObject({ type: 'Like', parentExternalId: ours })
    const repost = hear('app.bsky.feed.repost/1', { createdAt, subject: { uri: ours, cid: 'b' } })
    expect(repost.activities[0]).toMatchObject({ type: 'Announce', parentExternalId: ours })
    const follow = hear('app.bsky.graph.follow/1', { createdAt, subject: us })
    expect(follow.activities[0]).toMatchObject({ type: 'Follow' })
  })

  test('a deletion names what is gone', () => {
    expect(hear('app.bsky.feed.post/3kb', null).activities[0]).toMatchObject({
      type: 'Delete',
      externalId: 'at://did:plc:ada/app.bsky.feed.post/3kb',
    })
  })

  test('who blocks us is not written to until the block is taken back', () => {
    const block = { createdAt: '2026-01-02T03:04:00Z', subject: us }
    expect(hear('app.bsky.graph.block/1', block).consents).toEqual([
      { address: 'did:plc:ada', mayWrite: false, at },
    ])
    expect(hear('app.bsky.graph.block/1', null).consents).toEqual([
      { address: 'did:plc:ada', mayWrite: true, at },
    ])
  })

  test('an account that left takes its words with it', () => {
    const body = { did: 'did:plc:ada', time: new Date(at).toISOString(), status: 'deleted' }
    const event = rawEvent({ action: 'gone 7', uri: 'did:plc:ada' }, body, { form: 'account', at })
    expect(normalise(link, event)).toEqual({
      activities: [],
      goneAuthors: [{ externalId: 'did:plc:ada', at }],
    })
  })

  test('an account that is there again is told as such', () => {
    const body = { did: 'did:plc:ada', time: new Date(at).toISOString(), status: 'active' }
    const event = rawEvent({ action: 'there 8', uri: 'did:plc:ada' }, body, { form: 'account', at })
    expect(normalise(link, event)).toEqual({
      activities: [],
      returnedAuthors: [{ externalId: 'did:plc:ada', at }],
    })
  })

  test('kinds that nobody here knows are counted', () => {
    expect(hear('app.bsky.graph.listitem/1', { subject: us }).unknown).toEqual([
      'record app.bsky.graph.listitem',
    ])
    expect(hear('app.bsky.feed.post/1', { text: 'new' }, { action: 'update' }).unknown).toEqual([
      'change of app.bsky.feed.post',
    ])
  })
})

test('a firehose is left of everything that is not meant for us', () => {
  const post = (record: object) => concernsUs('app.bsky.feed.post', { text: `about ${us}`, ...record }, us)
  expect(post({})).toBe(false)
  expect(post({ reply: { root: { uri: ours }, parent: { uri: 'at://did:plc:bob/a/b' } } })).toBe(true)
  expect(post({ embed: { record: { record: { uri: ours } } } })).toBe(true)
  expect(post({ embed: { record: { uri: `at://${us}x/app.bsky.feed.post/1` } } })).toBe(false)
  expect(concernsUs('app.bsky.graph.follow', { subject: 'did:plc:usa' }, us)).toBe(false)
  expect(concernsUs('app.bsky.feed.like', { subject: { uri: ours } }, us)).toBe(true)
})
