import type { Manifest } from '../manifest.ts'

export const manifest: Manifest = {
  id: 'webmention',
  title: 'Webmention',
  channel: 'webmention',
  source: 'webmention',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['push'],
  pushedBy: 'anybody',
  capabilities: {
    listen: { level: 'full' },
    backfill: { level: 'none', reason: 'pages tell of themselves once; nobody keeps a list' },
    reply: { level: 'partial', reason: 'only to pages that take webmentions themselves' },
    notify: { level: 'none', reason: 'a page is for everybody who reads it' },
    post: { level: 'none', reason: 'articles are written on the site itself' },
    react: { level: 'partial', reason: 'only to pages that take webmentions themselves' },
    direct: { level: 'none', reason: 'pages are public' },
    edit: { level: 'full' },
    delete: { level: 'full' },
    deletions: { level: 'full' },
    media: { level: 'none', reason: 'answers carry text only' },
    receipts: { level: 'none', reason: 'a page does not say who read it' },
    readBack: { level: 'full' },
  },
  text: { unit: 'grapheme', max: 10_000 },
  pace: { pollMs: 60_000, silentAfterMs: null },
  budget: { calls: 120, perMs: 60_000 },
  connect: {
    steps: [
      'Enter the address of your site. Only mentions of pages below it count.',
      'After connecting, put the line `<link rel="webmention" href="...">` with the address that is shown into the head of your pages.',
    ],
    permissions: [
      {
        what: 'Nothing',
        why: 'pages that link to yours tell so by themselves, and are read to see that they do',
      },
    ],
    fields: [
      {
        name: 'site',
        label: 'Address of your site',
        kind: 'url',
        help: 'Such as https://www.example.com/',
        isSecret: false,
        isRequired: true,
        initial: '',
      },
    ],
  },
  provenOn: 'twin',
}
