import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import { decodeText } from './decode-text.ts'
import { itemName, normaliseItem } from './feed-item.ts'
import { mostFeedBytes } from './fetch-page.ts'
import { readFeed, type FeedItem } from './read-feed.ts'

const read = (text: string) => readFeed(Buffer.from(text), '')
const rss = (items: string, head = ''): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>T</title>${head}${items}</channel></rss>`

describe('a feed', () => {
  test('of every kind reads the same', () => {
    const items = [
      rss(
        '<item><guid>1</guid><title>A &amp; B</title><link>https://a.example/1</link><description>&lt;p&gt;hi&lt;/p&gt;</description><dc:creator>Jo</dc:creator><pubDate>Fri, 01 May 2026 10:00:00 GMT</pubDate></item>',
      ),
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><title type="html">A &amp;amp; B</title><link href="https://a.example/1"/><content type="html">&lt;p&gt;hi&lt;/p&gt;</content><author><name>Jo</name></author><published>2026-05-01T10:00:00Z</published></entry></feed>`,
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'T',
        items: [
          {
            id: '1',
            title: 'A & B',
            url: 'https://a.example/1',
            content_html: '<p>hi</p>',
            authors: [{ name: 'Jo' }],
            date_published: '2026-05-01T10:00:00Z',
          },
        ],
      }),
    ].map((text) => meaning(read(text)!.items[0]!))
    expect(items[0]).toMatchObject({
      externalId: itemName('https://a.example/feed', '1'),
      subject: 'A & B',
      text: 'hi\n\nhttps://a.example/1',
      author: { name: 'Jo' },
      publishedAt: '2026-05-01T10:00:00.000Z',
      kind: 'Article',
    })
    expect(items[1]).toEqual(items[0])
    expect(items[2]).toEqual(items[0])
  })

  test('in another encoding is read as it was written', () => {
    const latin = (label: string) =>
      Buffer.from(
        `<?xml version="1.0" encoding="${label}"?><rss version="2.0"><channel><title>Grüße</title></channel></rss>`,
        'latin1',
      )
    expect(readFeed(latin('ISO-8859-1'), '')?.title).toBe('Grüße')
    expect(readFeed(latin('no-such-thing'), 'text/xml; charset=windows-1252')?.title).toBe('Grüße')
    const wide = Buffer.from(
      '\ufeff<?xml version="1.0" encoding="UTF-16"?><rss version="2.0"><channel><title>Привет</title></channel></rss>',
      'utf16le',
    )
    expect(readFeed(wide, '')?.title).toBe('Привет')
    expect(decodeText(Buffer.from([0xff, 0xfe, 0x00]), 'x')).toBeTypeOf('string')
  })

  test('with a sign that XML allows nowhere is read without it', () => {
    expect(
      read(rss('<item><guid>1</guid><title>bell \u0007 nul \0 here</title></item>'))?.items[0]?.title,
    ).toBe('bell  nul  here')
  })

  const entities = Array.from({ length: 12 }, (_, index) => {
    const [name, inner] = [String.fromCharCode(98 + index), String.fromCharCode(97 + index)]
    return `<!ENTITY ${name} "${`&${inner};`.repeat(10)}">`
  }).join('')
  test.each([
    [
      'that grows',
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${entities}]><rss version="2.0"><channel><title>&m;</title><item><title>&m;</title></item></channel></rss>`,
    ],
    [
      'that reads a file',
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&a;</title></channel></rss>',
    ],
    ['that is deep', rss('<a>'.repeat(100_000) + '</a>'.repeat(100_000))],
    ['that never ends', `${rss('').slice(0, -20)}${'<item '.repeat(200_000)}`],
    ['of openings', rss('<'.repeat(500_000))],
    ['of comments', rss('<!--'.repeat(200_000))],
    ['of sections', rss('<![CDATA['.repeat(100_000))],
    ['of many items', rss('<item><guid>1</guid></item>'.repeat(50_000))],
    ['of deep JSON', `{"version":"https://jsonfeed.org/version/1","items":${'['.repeat(500_000)}`],
    ['too large', rss(' '.repeat(mostFeedBytes))],
    ['of nothing', ''],
  ])('%s is read or left in good time, and does not grow', (_, text) => {
    const begun = performance.now()
    const feed = read(text)
    expect(JSON.stringify(feed).length).toBeLessThan(1_000_000)
    expect(JSON.stringify(feed)).not.toContain('root:')
    expect(performance.now() - begun).toBeLessThan(5_000)
  })

  test('whatever its bytes are, nothing is thrown and what comes of it is an engagement', () => {
    const pieces = fc.constantFrom(
      '<rss version="2.0"><channel>',
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '<guid>',
      '</guid>',
      '<pubDate>',
      '</pubDate>',
      '<link>',
      '</link>',
      '<![CDATA[',
      ']]>',
      '&#0;',
      '&amp;',
      '</channel></rss>',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      '<entry>',
      '</entry>',
      '<id>',
      '</id>',
      '</feed>',
      '\u0007',
      '\ud800',
    )
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 60 })
    fc.assert(
      fc.property(text, fc.boolean(), (parts, isWhole) => {
        const body = parts.join('')
        const feed = read(isWhole ? rss(`<item><guid>1</guid>${body}</item>`) : body)
        for (const item of feed?.items ?? []) if (item.id !== '') EngagementInput.parse(meaning(item))
      }),
      { numRuns: 400 },
    )
  })
})

test('no feed can speak for another', () => {
  expect(itemName('https://a.example/feed', 'https://b.example/1')).not.toBe(
    itemName('https://b.example/feed', 'https://b.example/1'),
  )
  expect(itemName('https://a.example/feed', 'x'.repeat(2_000))).toMatch(/^sha256:/)
})

function meaning(item: FeedItem): EngagementInput {
  const facts = {
    feed: 'https://a.example/feed',
    feedTitle: 'T',
    before: 'nothing',
    seenAt: String(Date.UTC(2026, 4, 2)),
  }
  const { activities } = normaliseItem({ key: 'k', at: null, body: Buffer.from(JSON.stringify(item)), facts })
  const [first] = activities
  if (first === undefined) throw new Error('it means nothing')
  return first
}
