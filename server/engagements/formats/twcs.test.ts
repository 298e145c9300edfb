import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readAll } from './read-all.fixture.ts'
import { readTwitterTime, twcs } from './twcs.ts'

const HEADER = 'tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n'
const OURS = '1,sprintcare,False,Tue Oct 31 22:10:35 +0000 2017,"@115712 Hello, &amp; welcome\nback",,2\n'
const THEIRS = '2,115712,True,Tue Oct 31 22:04:47 +0000 2017,@sprintcare @x why? mail a@b.c,1,\n'

test('a company row is ours, on the presence of its author, below the tweet that it answers', async () => {
  const { parsed, refused } = await readAll(twcs, HEADER + OURS + THEIRS)
  expect(refused).toEqual([])
  expect(parsed[0]?.input).toMatchObject({
    source: 'twitter',
    channel: 'twitter',
    externalId: '1',
    direction: 'out',
    presence: 'sprintcare',
    parentExternalId: '2',
    text: '@115712 Hello, & welcome\nback',
    publishedAt: '2017-10-31T22:10:35.000Z',
  })
  expect(parsed[1]?.input).toMatchObject({ direction: 'in', mentions: ['sprintcare', 'x'] })
  expect(parsed[1]?.input).not.toHaveProperty('presence')
  expect(parsed.map(({ line, nextLine }) => [line, nextLine])).toEqual([
    [2, 4],
    [4, 5],
  ])
})

test('a row that cannot be read is refused with its line and reason, the others go on', async () => {
  const rows = [
    ',a,True,Tue Oct 31 22:04:47 +0000 2017,x,,',
    '3,,True,Tue Oct 31 22:04:47 +0000 2017,x,,',
    '4,a,perhaps,Tue Oct 31 22:04:47 +0000 2017,x,,',
    '5,a,True,2017-10-31,x,,',
    '6,a,True,Tue Oct 31 22:04:47 +0000 2099,x,,',
    '7,a,True',
  ]
  const { parsed, refused } = await readAll(twcs, `${HEADER}${rows.join('\n')}\n${THEIRS}`)
  expect(refused.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    '2: The tweet_id is empty.',
    '3: The author_id is empty.',
    '4: The column inbound says "perhaps" where True or False is expected.',
    '5: The time "2017-10-31" cannot be read.',
    '6: The time "Tue Oct 31 22:04:47 +0000 2099" lies in the future.',
    '7: The row has 3 columns where the header has 7.',
  ])
  expect(parsed.map(({ line }) => line)).toEqual([8])
})

test('a file without the columns of the layout is refused as a whole, with a sentence', async () => {
  const { items } = await readAll(twcs, 'id,text\n1,hello\n')
  expect(items).toMatchObject([
    {
      wholeFile: true,
      reason: 'The header lacks tweet_id, author_id, inbound, created_at, in_response_to_tweet_id.',
    },
  ])
})

test.each([
  ['Tue Oct 31 22:10:35 +0000 2017', Date.UTC(2017, 9, 31, 22, 10, 35)],
  ['Tue Oct 31 22:10:35 +0530 2017', Date.UTC(2017, 9, 31, 16, 40, 35)],
  ['Tue Feb 30 22:10:35 +0000 2017', Number.NaN],
  ['Tue Foo 11 22:10:35 +0000 2017', Number.NaN],
  ['Tue Oct 31 24:10:35 +0000 2017', Number.NaN],
])('the time %s is read as %d', (text, expected) => {
  expect(readTwitterTime(text)).toBe(expected)
})

const REAL = new URL('../../../../shared/data/twcs/twcs_part.csv', import.meta.url)

test.runIf(existsSync(REAL))('every row of the published part is read', async () => {
  const { parsed, refused } = await readAll(twcs, readFileSync(REAL))
  expect(refused).toEqual([])
  expect(parsed).toHaveLength(2366)
  expect(parsed.filter(({ input }) => input.direction === 'in')).toHaveLength(1305)
  expect(new Set(parsed.flatMap(({ input }) => input.presence ?? [])).size).toBe(70)
})
