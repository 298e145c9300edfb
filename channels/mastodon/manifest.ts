import type { Manifest } from '../manifest.ts'

export const manifest: Manifest = {
  id: 'mastodon',
  title: 'Mastodon, an account that exists',
  channel: 'mastodon',
  source: 'mastodon',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['stream', 'poll'],
  capabilities: {
    listen: {
      level: 'partial',
      reason: 'servers tell of edits only by people whom the account follows',
    },
    backfill: { level: 'partial', reason: 'as far back as the server keeps notifications' },
    reply: { level: 'full' },
    notify: { level: 'full' },
    post: { level: 'full' },
    react: { level: 'full' },
    direct: { level: 'full' },
    edit: { level: 'full' },
    delete: { level: 'full' },
    deletions: { level: 'partial', reason: 'told by the stream; after an interruption found by asking' },
    media: { level: 'full' },
    receipts: { level: 'none', reason: 'no server says when a post was read' },
    readBack: { level: 'full' },
  },
  text: { unit: 'grapheme', max: 500 },
  // What a server takes that changed nothing (config/initializers and media_attachment.rb of its source).
  media: {
    most: 4,
    maxTotalBytes: null,
    kinds: [
      {
        types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/heic'],
        maxBytes: 16_000_000,
        isAlone: false,
      },
      {
        types: ['video/mp4', 'video/webm', 'video/quicktime', 'audio/*'],
        maxBytes: 99_000_000,
        isAlone: true,
      },
    ],
    alt: { max: 1_500 },
  },
  pace: { pollMs: 60_000, silentAfterMs: null },
  budget: { calls: 300, perMs: 300_000 },
  connect: {
    steps: [
      'Sign in to the account on its server and open Preferences, Development, New application.',
      'Tick the permissions named below, save, open the application and copy its access token.',
      'Give the address of the server and the token here. Servers that speak the same language, such as GoToSocial or Pleroma, work alike.',
    ],
    permissions: [
      {
        what: 'read:accounts, read:statuses, read:notifications, read:search',
        why: 'to hear what is said to the account',
      },
      { what: 'write:statuses, write:media, write:favourites', why: 'to answer, with pictures, and to like' },
    ],
    fields: [
      {
        name: 'instance',
        label: 'Address of the server',
        kind: 'url',
        help: 'Such as https://mastodon.example',
        isSecret: false,
        isRequired: true,
        initial: '',
      },
      {
        name: 'accessToken',
        label: 'Access token',
        kind: 'password',
        help: 'Of the application that you made for Horseshoe.',
        isSecret: true,
        isRequired: true,
        initial: '',
      },
      {
        name: 'maxLength',
        label: 'Longest post of the server',
        kind: 'number',
        help: 'Mastodon takes 500 characters; the test of the connection says where a server takes fewer.',
        isSecret: false,
        isRequired: false,
        initial: '500',
      },
    ],
  },
  provenOn: 'twin',
}
