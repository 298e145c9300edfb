import { expect, test } from 'vitest'
import { inertDocument, inertPolicy } from './inert-document.ts'

const head = 'From: jo@example.org\r\nMIME-Version: 1.0\r\n'

async function bodyOf(html: string): Promise<string> {
  const { html: page } = await inertDocument(Buffer.from(`${head}Content-Type: text/html\r\n\r\n${html}`))
  return /<body>([\s\S]*)<\/body>/.exec(page)?.[1]?.trim() ?? ''
}

test.each([
  ['<script>alert(1)</script>a', 'a'],
  ['<SCRIPT src=//x>alert(1)</SCRIPT >a', 'a'],
  ['<p onclick="alert(1)" OnError=x>a</p>', '<p>a</p>'],
  ['<img src="https://spy.example/1.gif" width=1>', '<img width="1">'],
  ['<img src="data:image/svg+xml;base64,AAAA">', '<img>'],
  ['<img src="data:image/png;base64,AAAA">', '<img src="data:image/png;base64,AAAA">'],
  ['<a href="javascript:alert(1)">a</a>', '<a target="_blank" rel="noopener noreferrer nofollow">a</a>'],
  [
    '<a href=" java&#10;script:alert(1)">a</a>',
    '<a target="_blank" rel="noopener noreferrer nofollow">a</a>',
  ],
  [
    '<a href="https://x.example/?a=1&b=2">a</a>',
    '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer nofollow">a</a>',
  ],
  ['<div style="color:red;background:url(https://spy.example)">a</div>', '<div style="color:red">a</div>'],
  ['<div style="background:\\75rl(x);position:fixed">a</div>', '<div>a</div>'],
  ['<style>@import url(//spy)</style><link rel=stylesheet href=//spy><base href=//x>a', 'a'],
  ['<meta http-equiv=refresh content="0;url=//x">a', 'a'],
  ['<form action=//x><input name=a><button>b</button></form>a', 'a'],
  ['<svg><animate onbegin=alert(1)></svg><math><mtext></math>a', 'a'],
  ['<iframe srcdoc="<script>"></iframe><object data=x></object>a', 'a'],
  ['<b><i>a</b>b', '<b><i>a</i></b>b'],
  ['</div></body></html><p>a</p>', '<p>a</p>'],
  ['&lt;script&gt;', '&lt;script&gt;'],
  ['<p title="&quot;><script>">a</p>', '<p title="&quot;&gt;&lt;script&gt;">a</p>'],
])('of %s is shown what does nothing', async (html, shown) => {
  expect(await bodyOf(html)).toBe(shown)
})

test('pictures inside a mail are shown from the mail itself', async () => {
  const raw = `${head}Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<img src="cid:a@x" alt="A dot"><img src="cid:none">\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <a@x>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--`
  const { html } = await inertDocument(Buffer.from(raw))
  expect(html).toContain('<img src="data:image/png;base64,AAAA" alt="A dot"><img>')
})

test('a mail without HTML is shown as it was written', async () => {
  const { html } = await inertDocument(Buffer.from(`${head}Content-Type: text/plain\r\n\r\n> a <b>\r\nb`))
  expect(html).toContain('<pre>&gt; a &lt;b&gt;\nb')
})

test('the page forbids everything that it does not need', async () => {
  const { html, policy } = await inertDocument(Buffer.from(''))
  expect(policy).toBe(inertPolicy)
  expect(policy).toContain("default-src 'none'")
  expect(policy).toMatch(/sandbox allow-popups allow-popups-to-escape-sandbox$/)
  expect(html).toContain('http-equiv="Content-Security-Policy"')
  expect(html).not.toMatch(/<script|<link|http:|https:/)
})
