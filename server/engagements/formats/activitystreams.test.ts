import { describe, expect, test } from 'vitest'
import { activitystreams } from './activitystreams.ts'
import { readAll } from './read-all.fixture.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const ALICE = 'https://social.example/users/alice'

function note(id: string, change: object = {}): object {
  return {
    id: `${ALICE}/statuses/${id}/activity`,
    type: 'Create',
    actor: ALICE,
    published: '2025-03-04T10:00:00Z',
    to: [PUBLIC],
    cc: [`${ALICE}/followers`, 'https://shop.example/users/help'],
    object: {
      id: `${ALICE}/statuses/${id}`,
      type: 'Note',
      inReplyTo: 'https://shop.example/users/help/statuses/9',
      published: '2025-03-04T10:00:00Z',
      attributedTo: ALICE,
      content:
        '<p>Hello <a href="x">@<span>help</span></a>,<br>it is &lt;broken&gt; &amp; cold</p><p>Please!</p>',
      contentMap: { en: '' },
      attachment: [
        { type: 'Document', mediaType: 'image/png', url: 'https://social.example/a.png', name: 'My bike' },
        { type: 'Document', mediaType: 'image/png', url: '/media_attachments/b.png' },
      ],
      tag: [{ type: 'Mention', href: 'https://shop.example/users/help', name: '@help@shop.example' }],
      ...change,
    },
  }
}

test('a reply becomes an engagement with thread, mention, media, language and plain text', async () => {
  const { parsed, refused } = await readAll(activitystreams, JSON.stringify(note('1')), {
    ownHandles: ['help@shop.example'],
  })
  expect(refused).toEqual([])
  expect(parsed[0]?.input).toEqual({
    type: 'Create',
    kind: 'Note',
    source: 'fediverse',
    externalId: `${ALICE}/statuses/1`,
    direction: 'in',
    author: { externalId: ALICE, handle: 'alice@social.example' },
    presence: 'help@shop.example',
    mentions: ['help@shop.example'],
    visibility: 'public',
    parentExternalId: 'https://shop.example/users/help/statuses/9',
    text: 'Hello @help,\nit is <broken> & cold\n\nPlease!',
    language: 'en',
    media: [{ url: 'https://social.example/a.png', mediaType: 'image/png', alt: 'My bike' }],
    publishedAt: '2025-03-04T10:00:00Z',
    automatic: false,
  })
  expect(parsed[0]?.notices).toEqual([
    { message: 'Attachments without a web address were left out.', count: 1 },
  ])
})

test.each([
  ['public', { to: [PUBLIC], cc: [] }, 'public'],
  ['unlisted', { to: [`${ALICE}/followers`], cc: ['as:Public'] }, 'unlisted'],
  ['followers only', { to: [`${ALICE}/followers`], cc: [] }, 'followers'],
  ['direct', { to: ['https://shop.example/users/help'], cc: [] }, 'direct'],
  ['no audience', { to: undefined, cc: undefined }, 'direct'],
])('an audience that is %s is kept so', async (_, audience, visibility) => {
  const { parsed } = await readAll(activitystreams, JSON.stringify({ ...note('1'), ...audience }))
  expect(parsed[0]?.input.visibility).toBe(visibility)
})

test.each([
  [
    'Like',
    { type: 'Like', object: 'https://shop.example/n/1' },
    { externalId: 'a1', parentExternalId: 'https://shop.example/n/1' },
  ],
  ['Announce', { type: 'Announce', object: { id: 'n1' } }, { externalId: 'a1', parentExternalId: 'n1' }],
  ['Delete', { type: 'Delete', object: { type: 'Tombstone', id: 'n1' } }, { externalId: 'n1' }],
  [
    'Update',
    { type: 'Update', object: { type: 'Note', id: 'n1', content: 'x', updated: '2025-03-06T00:00:00Z' } },
    { externalId: 'n1', updatedAt: '2025-03-06T00:00:00Z', text: 'x' },
  ],
])('%s names what it is about', async (_, activity, expected) => {
  const content = JSON.stringify({ id: 'a1', actor: ALICE, published: '2025-03-05T00:00:00Z', ...activity })
  const { parsed, refused } = await readAll(activitystreams, content)
  expect(refused).toEqual([])
  expect(parsed[0]?.input).toMatchObject(expected)
})

describe('a collection', () => {
  const items = [note('1'), note('2', { content: 'a ] " { \\ b' }), note('3', { type: 'Question' })]
  const outbox = {
    '@context': 'x',
    id: 'outbox.json',
    type: 'OrderedCollection',
    totalItems: 3,
    orderedItems: items,
  }

  test.each([
    ['on one line', JSON.stringify(outbox)],
    ['pretty', JSON.stringify(outbox, null, 2)],
    ['a bare list', JSON.stringify(items)],
  ])('%s is cut into its activities', async (_, content) => {
    for (const chunkSize of [1, 100, 65_536]) {
      const { parsed, refused } = await readAll(activitystreams, content, { chunkSize })
      expect(refused).toEqual([])
      expect(parsed.map(({ input }) => [input.externalId.at(-1), input.kind])).toEqual([
        ['1', 'Note'],
        ['2', 'Note'],
        ['3', 'Question'],
      ])
    }
  })

  test('an outbox is ours, without being told so', async () => {
    const { parsed } = await readAll(activitystreams, JSON.stringify(outbox))
    expect(parsed[0]?.input).toMatchObject({ direction: 'out', presence: 'alice@social.example' })
  })

  test('an item that is broken or too large is refused, the others are read', async () => {
    const large = JSON.stringify(note('4', { content: 'x'.repeat(2_000_000) }))
    const broken = '{"type": "Create", "open: 1\n}'
    const content = `{"id":"outbox.json","orderedItems":[${JSON.stringify(items[0])},${large},${broken}, 7,${JSON.stringify(items[1])}]}`
    const { parsed, refused } = await readAll(activitystreams, content)
    expect(refused.map(({ reason }) => reason)).toEqual([
      'The item is longer than 1 MiB.',
      'A string of this item is not closed on its line.',
      'The record is JSON, but not an object.',
    ])
    expect(parsed.map(({ input }) => input.externalId.at(-1))).toEqual(['1', '2'])
  })

  test('a file that was cut off says so', async () => {
    const whole = JSON.stringify(outbox)
    const inside = await readAll(activitystreams, whole.slice(0, -40))
    expect(inside.refused.map(({ reason }) => reason)).toEqual(['The file ends in the middle of this item.'])
    const between = await readAll(activitystreams, whole.slice(0, -2))
    expect(between.parsed).toHaveLength(3)
    expect(between.refused[0]?.reason).toMatch(/ends before its list is closed/)
  })
})

test('a JSON document that is no collection is refused as a whole', async () => {
  const { refused } = await readAll(activitystreams, JSON.stringify({ name: 'x', list: [1] }, null, 2))
  expect(refused).toMatchObject([{ wholeFile: true }])
})

test('types that are no engagement and activities without actor are refused', async () => {
  const content = [
    { type: 'Block', actor: ALICE },
    { type: 'Like', id: 'x', object: 'y' },
  ].map((entry) => JSON.stringify(entry))
  const { refused } = await readAll(activitystreams, content.join('\n'))
  expect(refused.map(({ reason }) => reason)).toEqual([
    'The type Block is not one that can be imported.',
    'The activity has no actor.',
  ])
})
