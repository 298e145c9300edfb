import type { Manifest } from '../manifest.ts'

/** 5,000 points an hour: 3 for what is made, 1 for what is deleted; 3,000 calls in 5 minutes. */
const callsAPoint = (3_000 * 12) / 5_000
export const costOf = { create: 3 * callsAPoint, delete: callsAPoint } as const

export const manifest: Manifest = {
  id: 'bluesky',
  title: 'Bluesky',
  channel: 'bluesky',
  source: 'bluesky',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['stream', 'poll'],
  capabilities: {
    listen: { level: 'full' },
    backfill: {
      level: 'partial',
      reason: 'own posts always; words of others where the server gathers notifications, as bsky.social does',
    },
    reply: { level: 'full' },
    notify: {
      level: 'none',
      reason: 'everything here is public; a notice would show who wrote to us elsewhere',
    },
    post: { level: 'full' },
    react: { level: 'full' },
    direct: {
      level: 'none',
      reason: 'chats live on a service of their own that this channel does not speak to',
    },
    edit: { level: 'none', reason: 'the network knows no edits; delete it and say it again' },
    delete: { level: 'full' },
    deletions: { level: 'full' },
    media: { level: 'partial', reason: 'pictures, four to a post; no videos' },
    receipts: { level: 'none', reason: 'the network does not say who read what' },
    readBack: { level: 'full' },
  },
  text: { unit: 'grapheme', max: 300 },
  media: {
    most: 4,
    maxTotalBytes: null,
    kinds: [
      {
        types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif'],
        maxBytes: 2_000_000,
        isAlone: false,
      },
    ],
    alt: { max: 2_000 },
  },
  pace: { pollMs: 10_000, silentAfterMs: null },
  budget: { calls: 3_000, perMs: 5 * 60_000 },
  connect: {
    steps: [
      'Sign in to Bluesky with the account that shall answer.',
      'Open Settings, Privacy and security, App passwords, and add one named Horseshoe; direct messages need not be allowed.',
      'Paste the handle and the app password here. The app password can be taken back there at any time.',
    ],
    permissions: [
      { what: 'Read notifications and public posts', why: 'to hear what people say to this account' },
      { what: 'Post, like, repost and delete as this account', why: 'to carry out what members decide here' },
    ],
    fields: [
      {
        name: 'service',
        label: 'Server',
        kind: 'url',
        help: 'Where the account lives. Most accounts live on https://bsky.social.',
        isSecret: false,
        isRequired: true,
        initial: 'https://bsky.social',
      },
      {
        name: 'handle',
        label: 'Handle',
        kind: 'text',
        help: 'As in care.example.com or care.bsky.social, without @.',
        isSecret: false,
        isRequired: true,
        initial: '',
      },
      {
        name: 'appPassword',
        label: 'App password',
        kind: 'password',
        help: 'Four groups of four letters, made for Horseshoe alone. Never the password of the account itself.',
        isSecret: true,
        isRequired: true,
        initial: '',
      },
      {
        name: 'firehose',
        label: 'Firehose',
        kind: 'text',
        help: 'Only for a server or relay of your own, as in wss://pds.example.com: everything is heard within a second, deletions too. Leave it empty on bsky.social; notifications are asked for then.',
        isSecret: false,
        isRequired: false,
        initial: '',
      },
    ],
  },
  provenOn: 'real-server',
}
