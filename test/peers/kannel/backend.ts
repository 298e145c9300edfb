// Telephones that write to our number and get what Kannel's centre sends them.
import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HookRequest } from '../../../channels/channel.ts'
import type { Backend, Customer, Said, Seen } from '../../../channels/conformance/backend.ts'
import { sms } from '../../../channels/sms/sms.ts'
import { openTestPorts } from '../../ports.ts'
import { startKannel, type CentreMessage, type Kannel } from './kannel.ts'

export interface KannelBackend extends Backend {
  readonly kannel: Kannel
}

const ours = '4915100000000'
const hookKey = 'a key of this test'.replaceAll(' ', '-')

export async function openKannelBackend(): Promise<KannelBackend> {
  let take: (request: HookRequest) => Promise<number> = async () => 503
  /** What Kannel called for, by who wrote what: its own name of the message. */
  const names = new Map<string, string[]>()
  async function onCall(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const url = new URL(request.url ?? '/', 'http://x')
    const query = Object.fromEntries(url.searchParams)
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    )
    const { from = '', id = '' } = query
    if (request.method === 'POST')
      remember(names, `${from} ${decode(body, headers['content-type'] ?? '')}`, id)
    return take({ method: request.method ?? 'GET', query, headers, body })
  }
  const kannel = await startKannel({
    postUrl: (origin) => `${origin}/hook?key=${hookKey}&from=%p&to=%P&id=%I&at=%T`,
    onCall,
  })
  let count = 0
  return {
    kind: 'real-server',
    kannel,
    plug: sms,
    ports: openTestPorts({ trusted: [kannel.proxy.host] }),
    settings: { smtp: undefined },
    link: {
      id: 'sms',
      account: { id: `+${ours}`, handle: `+${ours}`, name: `+${ours}`, url: null, avatarUrl: null },
      config: { url: kannel.url, user: kannel.user, sender: ours, country: 'DE' },
      secrets: { password: kannel.password, hookKey },
      hookUrl: `${kannel.callOrigin}/hook`,
    },
    newCustomer: async (name) =>
      newTelephone(kannel, names, name, `49160${String((count += 1)).padStart(7, '0')}`),
    onPush: (given) => {
      take = given
    },
    forge: (request) => {
      const withQuery = (query: Readonly<Record<string, string>>): HookRequest => ({
        ...request,
        query: { ...request.query, ...query },
      })
      const { key: _, ...keyless } = request.query
      const long = String(Math.floor(Date.now() / 1_000) - 4 * 86_400)
      return [
        { what: 'with another key', request: withQuery({ key: 'another-key-of-nobody' }) },
        { what: 'with a key that only begins well', request: withQuery({ key: hookKey.slice(0, -1) }) },
        { what: 'without a key', request: { ...request, query: keyless } },
        { what: 'of days ago', request: withQuery({ at: long }) },
        { what: 'without a time', request: withQuery({ at: 'now' }) },
        { what: 'without a name', request: withQuery({ id: '' }) },
        { what: 'from nobody', request: withQuery({ from: ' ' }) },
      ]
    },
    fault: (fault) => {
      kannel.proxy.fault = fault
    },
    close: () => kannel.close(),
  }
}

function remember(names: Map<string, string[]>, said: string, id: string): void {
  const ids = names.get(said) ?? []
  if (!ids.includes(id)) names.set(said, [...ids, id])
}

function decode(body: Buffer, contentType: string): string {
  return new TextDecoder(/charset="([^"]+)"/.exec(contentType)?.[1] ?? 'utf-8').decode(body)
}

function newTelephone(kannel: Kannel, names: Map<string, string[]>, name: string, number: string): Customer {
  const told = new Map<string, number>()
  async function say(text: string): Promise<Said> {
    const words = text.replace(/[\0\r\n]/g, ' ')
    const said = `${number} ${words}`
    const before = told.get(said) ?? 0
    told.set(said, before + 1)
    kannel.write(number, ours, words)
    for (let tries = 0; tries < 500; tries += 1) {
      const id = names.get(said)?.[before]
      if (id !== undefined) return { externalId: id }
      await sleep(10)
    }
    throw new Error(`Kannel did not pass on ${JSON.stringify(words.slice(0, 80))}`)
  }
  return {
    handle: `+${number}`,
    name,
    say,
    reply: (_to, text) => say(text),
    direct: say,
    inbox: async (): Promise<readonly Seen[]> =>
      joined(kannel.centre.filter(({ to }) => to === `+${number}`)).map((text) => ({
        text,
        below: null,
        isPrivate: true,
      })),
  }
}

/** As a telephone does: parts of one text by the reference in their header (TS 23.040 9.2.3.24.1), in order. */
export function joined(messages: readonly CentreMessage[]): readonly string[] {
  const texts: string[] = []
  const open = new Map<number, CentreMessage[]>()
  for (const message of messages) {
    const [, , , reference = 0, total = 1] = message.udh
    const parts = [...(open.get(reference) ?? []), message]
    open.set(reference, parts)
    if (parts.length < total) continue
    open.delete(reference)
    texts.push(textOf(parts))
  }
  return texts
}

function textOf(parts: readonly CentreMessage[]): string {
  const data = Buffer.concat(parts.map((part) => part.data))
  return isUcs2(data) ? new TextDecoder('utf-16be').decode(data) : data.toString('utf8')
}

/** What the alphabet of SMS does not hold as UTF-8: signs that steer, or no UTF-8 at all. */
export function isUcs2(data: Buffer): boolean {
  const text = data.toString('utf8')
  return /[\0-\x09\x0b\x0e-\x1f\ufffd]/.test(text)
}
