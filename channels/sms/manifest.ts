import type { Manifest } from '../manifest.ts'
import { roomIn } from './gsm7.ts'

export const mostMessages = 10

export const manifest: Manifest = {
  id: 'sms',
  title: 'SMS by Kannel',
  channel: 'sms',
  source: 'sms',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['push'],
  capabilities: {
    listen: { level: 'full' },
    backfill: { level: 'none', reason: 'a message centre keeps nothing that it delivered' },
    reply: { level: 'full' },
    notify: { level: 'full' },
    post: { level: 'none', reason: 'a message goes to somebody' },
    react: { level: 'none', reason: 'SMS knows no signs' },
    direct: { level: 'full' },
    edit: { level: 'none', reason: 'a message that left cannot be changed' },
    delete: { level: 'none', reason: 'a message that left cannot be taken back' },
    deletions: { level: 'none', reason: 'a message that arrived is not taken back' },
    media: { level: 'none', reason: 'SMS carries text only' },
    receipts: { level: 'full' },
    readBack: {
      level: 'partial',
      reason: 'known once Kannel took it or its centre reported it; else nobody can say',
    },
  },
  text: { unit: 'gsm7', max: roomIn('gsm7', mostMessages) },
  pace: { pollMs: 60_000, silentAfterMs: null },
  budget: { calls: 10, perMs: 1_000 },
  connect: {
    steps: [
      'In kannel.conf, give the smsbox a `sendsms-user` with `concatenation = true` and `max-messages = 10`.',
      'Make up a long random word as the hook key, and give the `sms-service` of your number `max-messages = 0` and a `post-url`: the address shown after connecting, followed by `?key=...&from=%p&to=%P&id=%I&at=%T`.',
      'Enter the address of sendsms, the user and the number here.',
    ],
    permissions: [
      {
        what: 'Send messages',
        why: 'so that your answers leave as SMS; the centre charges for each message',
      },
      {
        what: 'Be called for each message',
        why: 'so that what people write comes to the desk, and delivery reports to their message',
      },
    ],
    fields: [
      field('url', 'Address of sendsms', 'url', 'Such as https://sms.example.com/cgi-bin/sendsms'),
      field('user', 'User', 'text', 'The username of the sendsms-user'),
      { ...field('password', 'Password', 'password', 'Of the sendsms-user'), isSecret: true },
      field('sender', 'Your number', 'text', 'With its country, such as +4915100000000, or a short code'),
      {
        ...field('country', 'Country', 'text', 'Two letters, for numbers that come without one, such as DE'),
        isRequired: false,
      },
      {
        ...field(
          'hookKey',
          'Hook key',
          'password',
          'The word that Kannel calls with; several, with a blank between, while you change it',
        ),
        isSecret: true,
      },
    ],
  },
  provenOn: 'real-server',
}

function field(name: string, label: string, kind: 'url' | 'text' | 'password', help: string) {
  return { name, label, kind, help, isSecret: false, isRequired: true, initial: '' } as const
}
