// A message leaves by Kannel's `sendsms` (user's guide 1.4.5): Kannel splits it, and calls us with reports. It gives a
// message no name and cannot be asked for one, so what was asked stands in our store before it is asked.
import type { Acted, Command, ReadBack } from '../acting.ts'
import type { HttpAnswer, Ports } from '../ports.ts'
import { forgetBefore } from '../sent-once.ts'
import { toMessages } from './gsm7.ts'
import { mostMessages } from './manifest.ts'

export interface Centre {
  readonly ports: Ports
  readonly url: string
  readonly user: string
  readonly password: string
  readonly sender: string
  /** Where reports come to, without what they say. */
  readonly reportUrl: string
}

type Kept = 'asked' | 'taken'

const prefix = 'sms:'
/** Longer than any centre tries: reports come within days. */
const keptMs = 30 * 86_400_000

/** All reports: delivered, not delivered, on its way, with the centre, refused by it. */
const reports = '31'

export function actName(key: string): string {
  return key.replace(/[^\w.:-]/g, '_').slice(0, 200)
}

/** What goes on the air: ends of lines as one sign, nothing that is no text. */
export function toAir(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\0-\x09\x0b\x0c\x0e-\x1f\x7f]/g, ' ')
    .trim()
}

export async function send(centre: Centre, { text, target }: Command, key: string): Promise<Acted> {
  const name = actName(key)
  const { store, clock } = centre.ports
  const kept = await recall(centre.ports, name)
  if (kept === 'taken') return { result: 'done', networkId: name, detail: 'taken already' }
  if (kept === 'asked')
    return { result: 'unknown', detail: 'Kannel did not say whether it took the message.' }
  const words = toAir(text)
  const { coding, parts } = toMessages(words)
  if (words === '') return refused('content.rejected', 'A message needs words.')
  if (parts.length > mostMessages) return refused('content.rejected', `Longer than ${mostMessages} messages.`)
  if (name.charCodeAt(name.length - 1) % 16 === 0)
    await forgetBefore(store, { prefix, before: clock.now() - keptMs, timeOf })
  await remember(centre.ports, name, 'asked')
  const acted = await ask(centre, { to: target.address ?? '', words, name, coding })
  if (acted.result === 'done') await remember(centre.ports, name, 'taken')
  if (acted.result === 'refused') await store.delete(prefix + name)
  return acted
}

/** A report of a message says that it was taken, whatever Kannel answered. */
export async function keepTaken(ports: Ports, name: string): Promise<void> {
  if ((await recall(ports, name)) === 'asked') await remember(ports, name, 'taken')
}

/** What was asked, and when: `taken 1714670000000`. */
async function recall({ store }: Ports, name: string): Promise<Kept | null> {
  const [word] = (await store.get(prefix + name))?.split(' ') ?? []
  return word === 'asked' || word === 'taken' ? word : null
}

function remember({ store, clock }: Ports, name: string, kept: Kept): Promise<void> {
  return store.set(prefix + name, `${kept} ${clock.now()}`)
}

/** What carries no time was kept before times were. */
function timeOf(kept: string): number {
  return Number(kept.split(' ')[1] ?? Infinity)
}

export async function readBack(ports: Ports, key: string): Promise<ReadBack> {
  const kept = await recall(ports, actName(key))
  if (kept === null) return 'absent'
  return kept === 'taken' ? { networkId: actName(key) } : 'cannot-say'
}

interface Asking {
  readonly to: string
  readonly words: string
  readonly name: string
  readonly coding: 'gsm7' | 'ucs2'
}

async function ask(centre: Centre, { to, words, name, coding }: Asking): Promise<Acted> {
  const query = new URLSearchParams({
    username: centre.user,
    password: centre.password,
    from: centre.sender,
    to,
    text: words,
    coding: coding === 'gsm7' ? '0' : '2',
    charset: 'UTF-8',
    'dlr-mask': reports,
    'dlr-url': `${centre.reportUrl}&act=${encodeURIComponent(name)}&dlr=%d&at=%T&reply=%A`,
  })
  const url = new URL(centre.url)
  url.search = query.toString()
  try {
    const answer = await centre.ports.http.fetch({ url: url.href, timeoutMs: 15_000, maxBytes: 64 * 1024 })
    return read(answer, name)
  } catch (error) {
    if (neverLeft(error)) return refused('network.down', 'Kannel cannot be reached.')
    return { result: 'unknown', detail: 'Kannel did not say whether it took the message.' }
  }
}

/** `0: Accepted for delivery` and `3: Queued for later delivery` come with 202. */
function read(answer: HttpAnswer, name: string): Acted {
  const { status } = answer
  const said = answer.body.toString('utf8').replace(/\s+/g, ' ').trim().slice(0, 200)
  if (status === 202 && /^[03]:/.test(said)) return { result: 'done', networkId: name, detail: said }
  if (status === 401 || /authorization failed/i.test(said)) {
    return refused('auth.revoked', 'Kannel refuses the user or its password.')
  }
  if (status === 429) {
    const wait = Number(answer.headers['retry-after'] ?? 1)
    const retryAfterMs = Number.isFinite(wait) ? wait * 1_000 : 1_000
    return { result: 'refused', error: 'rate', detail: 'Kannel asks to slow down.', retryAfterMs }
  }
  if (/temporal failure/i.test(said))
    return refused('network.down', 'Kannel has no line to a message centre.')
  if (status >= 400 && status < 500) return refused('content.rejected', `Kannel said: ${said}`)
  return { result: 'unknown', detail: `Kannel answered with status ${status}.` }
}

function refused(error: 'content.rejected' | 'auth.revoked' | 'network.down', detail: string): Acted {
  return { result: 'refused', error, detail }
}

function neverLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    error.name === 'EgressRefused' ||
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH|UND_ERR_CONNECT_TIMEOUT)$/.test(code)
  )
}
