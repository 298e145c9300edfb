import type { Acted, CanAct, Channel, Manifest, Plug, Target } from '../channel.ts'
import { previewText } from '../text-length.ts'

const manifest: Manifest = {
  id: 'web',
  title: 'Our own page',
  channel: 'web',
  connects: 'each-presence',
  delivers: 'with-our-commit',
  capabilities: {
    listen: { level: 'full' },
    reply: { level: 'full' },
    notify: { level: 'none', reason: 'the page is where people look themselves' },
    edit: { level: 'none', reason: 'what was said to somebody stays said' },
    delete: { level: 'none', reason: 'what was said to somebody stays said' },
    readBack: { level: 'full' },
  },
  text: { unit: 'grapheme', max: null },
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
