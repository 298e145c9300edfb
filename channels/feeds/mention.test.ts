import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EngagementInput } from '../../contract/engagement.ts'
import { answerPage } from './answer-page.ts'
import { readLinkHeader, readLinks } from './page-links.ts'
import { readMention } from './read-mention.ts'
import { isBelow, normaliseMention } from './receive-mention.ts'

const source = 'https://jo.example/1'
const target = 'https://acme.example/news'
const link = `<a href="${target}">x</a>`

describe('a page that mentions us', () => {
  test('must link to the very page', () => {
    expect(readMention(link, source, target)).not.toBeNull()
    expect(
      readMention(`<base href="https://acme.example/"><a href="news">x</a>`, source, target),
    ).not.toBeNull()
    for (const html of [
      target,
      `<!-- ${link} -->`,
      `<p title='${link}'>`,
      `<a href="${target}/more">x</a>`,
      `<link rel="webmention" href="${target}">`,
    ]) {
      expect(readMention(html, source, target)).toBeNull()
    }
  })

  test('says who, when and what by its microformats', () => {
    const html = `<div class="h-entry"><a class="p-author h-card" href="https://jo.example/">Jo</a><time class="dt-published" datetime="2026-05-01T10:00:00Z"></time><div class="e-content"><p>Nice &amp; <b>good</b></p></div><a class="u-in-reply-to" href="${target}"></a></div>`
    expect(readMention(html, source, target)).toMatchObject({
      type: 'Create',
      text: 'Nice & good',
      author: { name: 'Jo', url: 'https://jo.example/' },
      published: '2026-05-01T10:00:00Z',
      on: [target],
    })
    expect(
      readMention(`<div class="h-entry"><a class="u-like-of" href="${target}"></a></div>`, source, target)
        ?.type,
    ).toBe('Like')
    expect(
      readMention(`<div class="h-entry"><a class="u-repost-of" href="${target}"></a></div>`, source, target)
        ?.type,
    ).toBe('Announce')
    expect(readMention(`<title>A page</title>${link}`, source, target)).toMatchObject({
      text: 'A page',
      author: { name: 'jo.example' },
    })
  })

  test.each([
    ['deep', `${'<div class="h-entry">'.repeat(30_000)}${link}`],
    ['wide', `${'<p class="h-entry p-name">x'.repeat(30_000)}${link}`],
    ['nested in properties', `${'<div class="p-author h-card">'.repeat(190)}${link}`],
    ['of classes', `<div class="${'p-a '.repeat(50_000)}h-entry">${link}</div>`],
    ['of attributes', `<div ${'a=1 '.repeat(50_000)}>${link}</div>`],
  ])('that is %s is read in good time', (_, html) => {
    const begun = performance.now()
    readMention(html, source, target)
    expect(performance.now() - begun).toBeLessThan(5_000)
  })

  test('whatever it holds, nothing is thrown and what comes of it is an engagement', () => {
    const pieces = fc.constantFrom(
      '<div class="h-entry">',
      '</div>',
      '<a class="p-author h-card" href="',
      '">',
      '<time class="dt-published" datetime="',
      '<p class="e-content">',
      '<a class="u-in-reply-to" href="',
      link,
      '<base href="',
      '<title>',
      '\ud800',
      '\0',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 10 })), { maxLength: 40 }),
        (parts) => {
          const body = Buffer.from(link + parts.join(''))
          const facts = { source, target, seenAt: '1777630000000', state: 'there', revision: '1' }
          for (const activity of normaliseMention({ key: 'k', at: null, body, facts }).activities)
            EngagementInput.parse(activity)
        },
      ),
      { numRuns: 300 },
    )
  })
})

test.each([
  ['https://a.example/x/y', 'https://a.example/x', true],
  ['https://a.example/x', 'https://a.example/x', true],
  ['https://a.example/xy', 'https://a.example/x', false],
  ['https://a.example.evil.example/x', 'https://a.example/', false],
  ['http://a.example/x', 'https://a.example/', false],
  ['https://a.example/x/../../y', 'https://a.example/x', false],
])('%s below %s: %s', (page, ours, is) => expect(isBelow(page, ours)).toBe(is))

test('an answer is a page whose words stay words', () => {
  const on = 'https://jo.example/1?a=1&b="2"'
  const html = answerPage(
    {
      on,
      what: 'reply',
      text: '<script>alert(1)</script>\n& more',
      speaker: 'Ada "<b>"',
      at: 0,
      changedAt: null,
      isGone: false,
      isTold: true,
    },
    'https://desk.example/mentions/a/b',
    'https://desk.example/hook?a=1&b=2',
  )
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<b>')
  expect(readLinks(html, 'https://desk.example/').map(({ href }) => href)).toContain(new URL(on).href)
})

test('a Link header is read as browsers do', () => {
  const header =
    '<https://a.example/x>; rel="one two"; type="y", </z>; rel=webmention, <javascript:1>; rel=hub, broken'
  expect(readLinkHeader(header, 'https://b.example/')).toMatchObject([
    { href: 'https://a.example/x', rel: ['one', 'two'] },
    { href: 'https://b.example/z', rel: ['webmention'] },
  ])
  const begun = performance.now()
  readLinkHeader('<a>;'.repeat(50_000), 'https://b.example/')
  readLinkHeader(`<a>${'; a="'.repeat(20_000)}`, 'https://b.example/')
  expect(performance.now() - begun).toBeLessThan(1_000)
})
