// A whole channel in one folder, to begin a new one from: a notice board that is asked again and again. The guide
// docs/guide/write-a-channel.md leads through it. It serves no presence and stands in no registry.
import { z } from 'zod'
import { actedOf, askJson, failureOf, type Asked } from '../ask-json.ts'
import { ChannelFailure } from '../channel.ts'
import type { Acted, CanAct, Command, ReadBack, Target } from '../acting.ts'
import type { Channel, Checked, Link, Plug, Polled } from '../channel.ts'
import type { Manifest, Support } from '../manifest.ts'
import type { Ports } from '../ports.ts'
import { previewText } from '../text-length.ts'
import { readNotice } from './read-notice.ts'

const full: Support = { level: 'full' }
const none = (reason: string): Support => ({ level: 'none', reason })

const manifest: Manifest = {
  id: 'template',
  title: 'Notice board',
  channel: 'notices',
  source: 'notices',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['poll'],
  capabilities: {
    listen: full,
    backfill: none('the board forgets what was read'),
    reply: full,
    notify: none('every notice stands below another one'),
    post: none('the board is for visitors to begin'),
    react: none('the board knows no signs'),
    direct: none('everything on the board is public'),
    edit: none('what is pinned up stays as it is'),
    delete: none('what is pinned up stays'),
    deletions: none('what is pinned up stays'),
    media: none('the board takes words only'),
    receipts: none('nobody says who read a notice'),
    readBack: full,
  },
  text: { unit: 'codepoint', max: 500 },
  pace: { pollMs: 10_000, silentAfterMs: null },
  budget: { calls: 60, perMs: 60_000 },
  connect: {
    steps: ['Ask the owner of the board for a token.', 'Enter its address and the token here.'],
    permissions: [{ what: 'read and answer', why: 'to hear visitors and to answer them' }],
    fields: [
      field('url', 'Address of the board', 'url'),
      { ...field('token', 'Token', 'password'), isSecret: true, help: 'Kept sealed; never shown again.' },
    ],
  },
  provenOn: 'twin',
}

function field(name: string, label: string, kind: 'url' | 'password') {
  return { name, label, kind, help: '', isSecret: false, isRequired: true, initial: '' }
}

export const template: Plug = {
  manifest,
  open: (ports, _settings, link) => (link === null ? null : openBoard(ports, link)),
}

function openBoard(ports: Ports, link: Link): Channel {
  const ask = (method: 'GET' | 'PUT', path: string, body?: unknown): Promise<Asked> =>
    askJson(ports, {
      url: `${link.config['url']}${path}`,
      method,
      headers: { authorization: `Bearer ${link.secrets['token']}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  return {
    manifest,
    check: async () => readCheck(await ask('GET', '/account')),
    poll: async (cursor, limit) => {
      const asked = await ask('GET', `/notices?after=${readCursor(cursor)}&limit=${limit}`)
      if (!asked.ok) throw failureOf(asked)
      return readPage(asked.body, cursor)
    },
    normalise: (event) => readNotice(event, link.account?.id ?? ''),
    canAct,
    preview: (text) => previewText(text, manifest.text),
    nameFor: (key) => key,
    act: (command, key) => act(command, key, ask),
    readBack: async (_command, key): Promise<ReadBack> => {
      const asked = await ask('GET', `/notices/${key}`)
      if (asked.ok) return 'there'
      return asked.error === 'target.gone' ? 'absent' : 'cannot-say'
    },
  }
}

const Account = z.object({ id: z.string(), name: z.string(), handle: z.string() })

function readCheck(asked: Asked): Checked {
  if (!asked.ok) {
    return { state: asked.error.startsWith('auth.') ? 'needs-reauth' : 'unreachable', detail: asked.detail }
  }
  const account = Account.safeParse(asked.body)
  if (!account.success) return { state: 'misconfigured', detail: 'At this address is no notice board.' }
  return {
    state: 'ok',
    account: { ...account.data, url: null, avatarUrl: null },
    detail: `Connected as ${account.data.name}.`,
    permissions: ['read and answer'],
  }
}

/** `1:` and the number of the last notice; what another version wrote begins from the start. */
function readCursor(cursor: string | null): number {
  return Number(/^1:(\d+)$/.exec(cursor ?? '')?.[1] ?? 0)
}

const Page = z.object({
  notices: z.array(z.looseObject({ seq: z.number(), id: z.string() })),
  more: z.boolean(),
})

function readPage(body: unknown, cursor: string | null): Polled {
  const page = Page.safeParse(body)
  if (!page.success) throw new ChannelFailure('contract.violation', 'The board answered in another form.')
  const { notices, more } = page.data
  const last = notices.at(-1)?.seq
  return {
    events: notices.map((notice) => ({
      key: `${notice.seq}`,
      at: typeof notice['at'] === 'string' ? Date.parse(notice['at']) : null,
      body: Buffer.from(JSON.stringify(notice)),
    })),
    cursor: last === undefined ? cursor : `1:${last}`,
    more,
  }
}

function canAct(target: Target): CanAct {
  if (target.isOptedOut === true)
    return { can: false, reason: 'this person asked us not to write', until: null }
  if (target.parentExternalId === null) return { can: false, reason: 'nothing to answer here', until: null }
  return { can: true }
}

async function act(
  { what, target, text }: Command,
  key: string,
  ask: (method: 'PUT', path: string, body: unknown) => Promise<Asked>,
): Promise<Acted> {
  const allowed = canAct(target)
  if (what !== 'reply')
    return { result: 'refused', error: 'target.forbidden', detail: `The board knows no ${what}.` }
  if (!allowed.can) return { result: 'refused', error: 'target.gone', detail: allowed.reason }
  const { length, max } = previewText(text, manifest.text)
  if (max !== null && length > max) {
    return { result: 'refused', error: 'content.rejected', detail: `Longer than ${max} signs.` }
  }
  // Pinned up under our own name: a second time it is the same notice.
  const asked = await ask('PUT', `/notices/${key}`, { text, below: target.parentExternalId })
  return asked.ok ? { result: 'done', networkId: key, detail: 'on the board' } : actedOf(asked)
}
