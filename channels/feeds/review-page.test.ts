import fc from 'fast-check'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import { openTestPorts } from '../../test/ports.ts'
import type { Channel } from '../channel.ts'
import { readReviews } from './read-reviews.ts'
import { normalise, reviewPage } from './review-page.ts'

const ld = (value: unknown): string =>
  `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`
const review = (author: string, text: string, ratingValue: unknown): object => ({
  '@type': 'Review',
  author: { '@type': 'Person', name: author },
  reviewBody: text,
  name: 'On the anvil',
  datePublished: '2026-05-01',
  reviewRating: { '@type': 'Rating', ratingValue },
})
const product = (reviews: readonly object[], sum: object | null = null): object => ({
  '@context': 'https://schema.org',
  '@graph': [
    {
      '@type': ['Product', 'Thing'],
      name: 'Anvil',
      review: reviews,
      ...(sum === null ? {} : { aggregateRating: { '@type': 'AggregateRating', ...sum } }),
    },
  ],
})

let server: Server
let html = ''
let channel: Channel

beforeAll(async () => {
  server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(html))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const ports = openTestPorts({ trusted: [`127.0.0.1:${port}`] })
  const link = {
    id: 'l',
    account: null,
    config: { url: `http://127.0.0.1:${port}/anvil` },
    secrets: {},
    hookUrl: 'https://desk.example/h',
  }
  channel = reviewPage.open(ports, { smtp: undefined }, link)!
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('new reviews, changed ones and a new sum come in, each once', async () => {
  html = ld(product([review('Jo', 'Good', '4')], { ratingValue: 4.25, reviewCount: 120 }))
  expect(await channel.check!()).toMatchObject({
    state: 'ok',
    account: { name: 'Anvil' },
    detail: '1 reviews on the page.',
  })
  const history = (await channel.backfill!(null, 100)).events
  expect(history.flatMap((event) => normalise(event).activities)).toMatchObject([
    {
      kind: 'Review',
      subject: '4 of 5: On the anvil',
      text: 'Good',
      author: { name: 'Jo' },
      publishedAt: '2026-05-01T00:00:00.000Z',
    },
    { kind: 'Review', subject: '4.25 of 5 from 120 reviews: Anvil', automatic: true },
  ])
  let { cursor } = await channel.poll!(null, 100)
  html = ld(
    product([review('Ada', 'Bad', 1), review('Jo', 'Very good', '5')], {
      ratingValue: 4.2,
      reviewCount: 121,
    }),
  )
  const polled = await channel.poll!(cursor, 100)
  cursor = polled.cursor
  const meant = polled.events.flatMap((event) => normalise(event).activities)
  expect(meant.map(({ type, subject }) => `${type} ${subject}`).toSorted()).toEqual([
    'Create 1 of 5: On the anvil',
    'Create 4.2 of 5 from 121 reviews: Anvil',
    'Create 5 of 5: On the anvil',
    'Update 5 of 5: On the anvil',
  ])
  expect((await channel.poll!(cursor, 100)).events).toEqual([])
})

test('reads what pages really write', () => {
  expect(
    readReviews(
      ld(
        '<!-- {"@type":"https://schema.org/Review","reviewBody":"x","reviewRating":{"ratingValue":"4,5","bestRating":"10"}} -->',
      ),
    ),
  ).toMatchObject([{ rating: 4.5, best: 10, text: 'x' }])
  expect(readReviews(`<script>{"@type":"Review"}</script>${ld('{broken')}${ld('[]')}${ld('null')}`)).toEqual(
    [],
  )
  expect(
    readReviews(ld(product(Array.from({ length: 2_000 }, (_, index) => review(`a${index}`, 'x', 1))))),
  ).toHaveLength(500)
})

test.each([
  ['deep', ld('['.repeat(200_000))],
  ['deep and whole', ld(`${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`)],
  ['of scripts', '<script type="application/ld+json">'.repeat(20_000)],
  ['wide', ld(`[${'{"@type":"Review"},'.repeat(50_000)}1]`)],
])('a page that is %s is read in good time', (_, page) => {
  const begun = performance.now()
  expect(readReviews(page).length).toBeLessThanOrEqual(500)
  expect(performance.now() - begun).toBeLessThan(5_000)
})

test('whatever a page carries, nothing is thrown and what comes of it is an engagement', () => {
  const key = fc.constantFrom(
    '@type',
    '@id',
    'name',
    'author',
    'reviewBody',
    'reviewRating',
    'ratingValue',
    'bestRating',
    'datePublished',
    'itemReviewed',
    'review',
    '__proto__',
  )
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<unknown>('Review', 'AggregateRating', '5', 3, null, true, '\ud800', '\0', '2026-13-45'),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(key, tie('value'), { maxKeys: 6 }),
    ),
  }))
  fc.assert(
    fc.property(fc.array(value, { maxLength: 4 }), (things) => {
      for (const each of readReviews(
        ld({ '@type': 'Review', author: things[0], name: things[1], reviewRating: things[2], item: things }),
      )) {
        const body = Buffer.from(JSON.stringify(each))
        const facts = { page: 'https://a.example/', seenAt: '1777630000000', before: 'said' }
        for (const activity of normalise({ key: 'k', at: null, body, facts }).activities)
          EngagementInput.parse(activity)
      }
    }),
    { numRuns: 300 },
  )
})
