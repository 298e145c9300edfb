import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { previewPost, usualRules } from './post-length.ts'
import { postToText, textToPost } from './post-text.ts'

const ada = { handle: 'ada@elsewhere.example', href: 'https://elsewhere.example/@ada' }

describe('a post becomes text', () => {
  test.each([
    ['<p>one</p><p>two<br>three</p>', 'one\n\ntwo\nthree'],
    [
      '<p>see <a href="https://a.example/long/path"><span class="invisible">https://</span><span class="ellipsis">a.example/lo</span><span class="invisible">ng/path</span></a></p>',
      'see https://a.example/long/path',
    ],
    ['<p>read <a href="https://a.example/x">this</a></p>', 'read this (https://a.example/x)'],
    [
      '<p><span class="h-card"><a href="https://elsewhere.example/@ada" class="u-url mention">@<span>ada</span></a></span> hi</p>',
      '@ada@elsewhere.example hi',
    ],
    [
      '<p><a href="https://a.example/tags/x" class="hashtag">#<span>x</span></a> :blob: <img alt=":cat:" src="x"></p>',
      '#x :blob: :cat:',
    ],
    ['<a href="javascript:alert(1)">press</a><script>alert(1)</script><style>p{}</style>', 'press'],
    ['<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    ['&lt;b&gt; &amp; &#128512;', '<b> & 😀'],
  ])('%s', (html, text) => expect(postToText(html, [ada])).toBe(text))
})

describe('text becomes a post', () => {
  test('with its marks written out, links and mentions of those who are meant', () => {
    expect(
      textToPost('<b> & "x"\nhttps://a.example/?a=1&b=2.\n\n@ada@elsewhere.example, @bob@b.example', [ada]),
    ).toBe(
      '<p>&lt;b&gt; &amp; &quot;x&quot;<br><a href="https://a.example/?a=1&amp;b=2" rel="nofollow noopener" target="_blank">https://a.example/?a=1&amp;b=2</a>.</p>' +
        '<p><span class="h-card"><a href="https://elsewhere.example/@ada" class="u-url mention">@<span>ada</span></a></span>, @bob@b.example</p>',
    )
  })

  test('and comes back as the same text, whatever it is', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'ab<>&"\'@#é漢 \n/:.'.split(''), 'https://a.example/x', '👩‍👩‍👧'),
    })
    fc.assert(
      fc.property(text, (said) => {
        const tidy = said
          .split('\n')
          .map((line) => line.replaceAll(/ +/g, ' ').trim())
          .join('\n')
          .replaceAll(/\n{3,}/g, '\n\n')
          .trim()
        expect(postToText(textToPost(tidy))).toBe(tidy)
      }),
    )
  })
})

// Were it worse than linear, this would not end in time.
test('hostile posts are read in a time that grows with their length', () => {
  for (const piece of [
    '<a href="https://x.example">',
    '<p>',
    '</a>',
    '@a',
    'https://',
    '<li>',
    '&',
    '\u202e',
    '<blockquote>',
  ]) {
    const hostile = piece.repeat(50_000)
    expect(postToText(hostile).length).toBeLessThanOrEqual(hostile.length * 2)
    expect(postToText(textToPost(hostile)).length).toBeGreaterThan(0)
  }
})

describe('the length of a post', () => {
  test.each([
    ['abc', 3],
    ['👩‍👩‍👧', 1],
    ['https://example.org/a/very/long/path/that/goes/on?and=on', 23],
    ['see https://example.org.', 4 + 23 + 1],
    ['漢https://example.org/', 1 + 23],
    ['ahttps://example.org/', 21],
    ['http://localhost/x', 18],
    ['https://example.org/a(b', 23 + 2],
    ['@ada@elsewhere.example hi', 7],
    ['@ada', 4],
    ['mail@ada@elsewhere.example', 26],
  ])('%s', (text, length) => expect(previewPost(text, usualRules).length).toBe(length))

  test('is told with what is too much', () => {
    expect(previewPost('x'.repeat(503), usualRules).warnings).toEqual(['Too long by 3.'])
  })
})
