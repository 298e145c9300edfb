import type { Manifest, Support } from '../manifest.ts'

const full: Support = { level: 'full' }
const none = (reason: string): Support => ({ level: 'none', reason })
const partial = (reason: string): Support => ({ level: 'partial', reason })

export const manifest: Manifest = {
  id: 'telegram',
  title: 'Telegram',
  channel: 'telegram',
  source: 'telegram',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['stream', 'push'],
  capabilities: {
    listen: full,
    backfill: none('Telegram gives a bot no history'),
    reply: full,
    notify: partial('only to people who wrote to the bot before'),
    post: none('a bot speaks where it was spoken to'),
    react: partial('a thumb up; Telegram knows no sharing by bots'),
    direct: full,
    edit: full,
    delete: partial('within 48 hours'),
    deletions: none('Telegram does not tell a bot what people delete'),
    media: full,
    receipts: none('Telegram does not tell a bot what was read'),
    readBack: none('Telegram cannot be asked what a bot said'),
  },
  text: { unit: 'utf16', max: 4_096 },
  signs: ['like'],
  // https://core.telegram.org/bots/api#sending-files: 50 MB by bots, pictures of more than 10 MB as files.
  media: {
    most: 10,
    maxTotalBytes: null,
    kinds: [{ types: ['*/*'], maxBytes: 50_000_000, isAlone: false }],
    alt: null,
  },
  pace: { pollMs: 1_000, silentAfterMs: null },
  budget: { calls: 30, perMs: 1_000 },
  connect: {
    steps: [
      'In Telegram, write to @BotFather and send /newbot; choose a name and an address.',
      'BotFather answers with a token. Enter it here.',
      'For groups: send /setprivacy to BotFather and turn privacy off, so that the bot hears what is said there; then add the bot to the group.',
    ],
    permissions: [
      { what: 'messages to the bot', why: 'to hear those who write to us' },
      { what: 'messages in groups that the bot is in', why: 'to hear what is said to us there' },
      { what: 'send, edit and delete messages of the bot', why: 'to answer' },
    ],
    fields: [
      {
        name: 'token',
        label: 'Token of the bot',
        kind: 'password',
        help: 'From BotFather, such as 123456:ABC-DEF. Kept sealed and never shown again.',
        isSecret: true,
        isRequired: true,
        initial: '',
      },
      {
        name: 'server',
        label: 'Address of the Bot API',
        kind: 'url',
        help: 'Only where you run a Bot API server of your own.',
        isSecret: false,
        isRequired: false,
        initial: 'https://api.telegram.org',
      },
    ],
  },
  provenOn: 'twin',
}

/** A caption below a picture or a file. */
export const mostCaption = 1_024
