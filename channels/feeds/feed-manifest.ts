import type { Manifest } from '../manifest.ts'

const takesNoWords = { level: 'none', reason: 'a feed is only read' } as const

export const manifest: Manifest = {
  id: 'feed',
  title: 'Feed',
  channel: 'feed',
  source: 'feed',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['poll', 'push'],
  capabilities: {
    listen: { level: 'full' },
    backfill: { level: 'partial', reason: 'as far as the feed and the pages that it names reach' },
    reply: takesNoWords,
    notify: takesNoWords,
    post: takesNoWords,
    react: takesNoWords,
    direct: takesNoWords,
    edit: takesNoWords,
    delete: takesNoWords,
    deletions: { level: 'none', reason: 'a feed forgets old items and never says that one was taken back' },
    media: { level: 'none', reason: 'a feed is only read; what it encloses comes in as references' },
    receipts: takesNoWords,
    readBack: takesNoWords,
  },
  text: { unit: 'grapheme', max: null },
  pace: { pollMs: 60_000, silentAfterMs: null },
  budget: { calls: 60, perMs: 60_000 },
  connect: {
    steps: [
      'Enter the address of a feed (RSS, Atom or JSON Feed), or of a page that names its feed.',
      'Where the feed names a hub, new items are pushed as they appear; else it is asked again and again, more often where much happens.',
    ],
    permissions: [{ what: 'Nothing', why: 'a feed is public' }],
    fields: [
      {
        name: 'url',
        label: 'Address of the feed or page',
        kind: 'url',
        help: 'Such as https://blog.example.com/feed/',
        isSecret: false,
        isRequired: true,
        initial: '',
      },
      {
        name: 'whose',
        label: 'Who speaks there',
        kind: 'choice',
        help: 'What we say ourselves is kept as ours and waits for no answer',
        isSecret: false,
        isRequired: true,
        initial: 'others',
        choices: [
          { value: 'others', label: 'Others' },
          { value: 'ours', label: 'We ourselves' },
        ],
      },
    ],
  },
  provenOn: 'real-server',
}
