// WebSub, as a subscriber (W3C Recommendation of 23 January 2018): the hub that a feed names is asked to push; it asks
// back whether we meant it; what it pushes is signed with a secret of this subscription.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { ChannelFailure, type HookRequest, type Lease, type Received } from '../channel.ts'
import type { LinkStore, Ports } from '../ports.ts'
import { askPage, pageFailure } from './fetch-page.ts'

const Subscription = z.object({
  hub: z.string(),
  topic: z.string(),
  /** The newest first; the one before still counts, as the hub may push with it until it verified the new one. */
  secrets: z.array(z.string()).min(1).max(2),
  wants: z.enum(['subscribe', 'unsubscribe']),
  /** Ms since 1970 until which the hub promised to push; null where it promised nothing. */
  until: z.number().nullable(),
})
type Subscription = z.infer<typeof Subscription>

const place = 'websub'
const dayMs = 86_400_000
const leaseMs = 10 * dayMs

async function readSubscription(store: LinkStore): Promise<Subscription | null> {
  const kept = await store.get(place)
  if (kept === null) return null
  return Subscription.safeParse(JSON.parse(kept)).data ?? null
}

export async function isPushed({ store, clock }: Ports): Promise<boolean> {
  const kept = await readSubscription(store)
  return kept !== null && kept.wants === 'subscribe' && (kept.until ?? 0) > clock.now()
}

export interface Wanted {
  readonly hub: string
  readonly topic: string
  readonly callback: string
}

/** Asks the hub anew where less than a quarter of the lease is left. */
export async function subscribe(ports: Ports, { hub, topic, callback }: Wanted): Promise<Lease> {
  const now = ports.clock.now()
  const kept = await readSubscription(ports.store)
  const isSame = kept !== null && kept.hub === hub && kept.topic === topic && kept.wants === 'subscribe'
  if (isSame && (kept.until ?? 0) - now > leaseMs / 4) return { until: kept.until }
  const secret = randomBytes(32).toString('base64url')
  const secrets = [secret, ...(isSame ? kept.secrets.slice(0, 1) : [])]
  const until = isSame ? kept.until : null
  await ports.store.set(
    place,
    JSON.stringify({ hub, topic, secrets, wants: 'subscribe', until } satisfies Subscription),
  )
  await askHub(ports, hub, {
    'hub.mode': 'subscribe',
    'hub.topic': topic,
    'hub.callback': callback,
    'hub.secret': secret,
    'hub.lease_seconds': String(leaseMs / 1_000),
  })
  const verified = await readSubscription(ports.store)
  // The hub asks back in its own time; until then the promise is short, so that somebody looks again.
  return { until: verified?.until ?? now + 10 * 60_000 }
}

export async function unsubscribe(ports: Ports, callback: string): Promise<void> {
  const kept = await readSubscription(ports.store)
  if (kept === null || kept.wants === 'unsubscribe') return
  await ports.store.set(
    place,
    JSON.stringify({ ...kept, wants: 'unsubscribe', until: null } satisfies Subscription),
  )
  await askHub(ports, kept.hub, {
    'hub.mode': 'unsubscribe',
    'hub.topic': kept.topic,
    'hub.callback': callback,
  })
}

async function askHub(ports: Ports, url: string, form: Readonly<Record<string, string>>): Promise<void> {
  const answer = await askPage(ports, {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
  if (answer.status >= 300) {
    const failure = pageFailure(answer, ports.clock.now())
    throw new ChannelFailure(failure.code, `The hub refuses: status ${answer.status}.`, {
      retryAfterMs: failure.retryAfterMs ?? 60_000,
    })
  }
}

function reject(status: 400 | 401 | 403 | 413, reason: string): Received {
  return { result: 'reject', status, reason }
}

/** The hub asks whether we meant it (5.3); yes only to what we asked for, about this very topic. */
export async function answerChallenge(ports: Ports, { query }: HookRequest): Promise<Received> {
  const kept = await readSubscription(ports.store)
  const { 'hub.mode': mode, 'hub.topic': topic, 'hub.challenge': challenge = '' } = query
  if (kept === null || topic !== kept.topic) return reject(403, 'a topic that was not asked for')
  if (mode === 'denied') {
    await ports.store.set(place, JSON.stringify({ ...kept, until: null } satisfies Subscription))
    return { result: 'challenge', answer: { status: 200, contentType: 'text/plain', body: '' } }
  }
  if (mode !== kept.wants || challenge === '' || challenge.length > 1_024)
    return reject(403, 'nothing was asked for')
  if (mode === 'subscribe') {
    const seconds = Number(query['hub.lease_seconds'] ?? Number.NaN)
    const bounded = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 60), 30 * 86_400) : leaseMs / 1_000
    const until = ports.clock.now() + bounded * 1_000
    await ports.store.set(place, JSON.stringify({ ...kept, until } satisfies Subscription))
  }
  return { result: 'challenge', answer: { status: 200, contentType: 'text/plain', body: challenge } }
}

const methods = new Set(['sha1', 'sha256', 'sha384', 'sha512'])

/** Whether the hub itself sent this (8): the signature is over the bytes as they came. */
export async function isSigned({ store }: Ports, { headers, body }: HookRequest): Promise<boolean> {
  const kept = await readSubscription(store)
  const [, method = '', given = ''] =
    /^(sha\d{1,3})=([0-9a-f]{40,128})$/i.exec(headers['x-hub-signature'] ?? '') ?? []
  if (kept === null || kept.wants !== 'subscribe' || !methods.has(method.toLowerCase())) return false
  const bytes = Buffer.from(given, 'hex')
  return kept.secrets
    .map((secret) => createHmac(method.toLowerCase(), secret).update(body).digest())
    .some((wanted) => wanted.length === bytes.length && timingSafeEqual(wanted, bytes))
}
