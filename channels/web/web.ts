import type { Acted, CanAct, Target } from '../acting.ts'
import type { Channel, Plug } from '../channel.ts'
import type { Manifest } from '../manifest.ts'
import { previewText } from '../text-length.ts'

const manifest: Manifest = {
  id: 'web',
  title: 'Our own page',
  channel: 'web',
  source: 'web',
  connects: 'each-presence',
  delivers: 'with-our-commit',
  listens: [],
  capabilities: {
    listen: { level: 'full' },
    backfill: { level: 'none', reason: 'the place is ours: nothing was said before it was opened' },
    reply: { level: 'full' },
    notify: { level: 'none', reason: 'the page is where people look themselves' },
    post: { level: 'none', reason: 'the page belongs to one conversation' },
    react: { level: 'none', reason: 'the page knows no signs' },
    direct: { level: 'full' },
    edit: { level: 'none', reason: 'what was said to somebody stays said' },
    delete: { level: 'none', reason: 'what was said to somebody stays said' },
    deletions: { level: 'none', reason: 'what was written through the form stays' },
    media: { level: 'none', reason: 'answers carry text only' },
    receipts: { level: 'none', reason: 'nobody says when the page was read' },
    readBack: { level: 'full' },
  },
  text: { unit: 'grapheme', max: null },
  pace: { pollMs: 60_000, silentAfterMs: null },
  budget: null,
  connect: { steps: [], permissions: [], fields: [] },
  provenOn: 'our-own',
}

/**
 * The place is ours: an answer stands on the conversation's page from the commit that holds it, so it is delivered
 * with that commit, once, and there is nothing in between that could be lost or happen twice.
 */
const channel: Channel = {
  manifest,
  canAct: (target: Target): CanAct =>
    target.address === null
      ? { can: false, reason: 'this conversation has no page of its own', until: null }
      : { can: true },
  preview: (text) => previewText(text, manifest.text),
  nameFor: (key) => key,
  act: async (_command, key): Promise<Acted> => ({
    result: 'done',
    networkId: key,
    detail: 'on the conversation page',
  }),
  readBack: async () => 'there',
}

export const web: Plug = { manifest, open: () => channel }
