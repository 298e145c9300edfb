// A WebSub hub by the W3C Recommendation: it verifies each intent by asking back, and pushes the topic as it is, signed
// with the subscriber's secret, again and again until it was taken.
import { createHmac, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { HookAnswer, HookRequest } from '../../../channels/channel.ts'

export interface Hub {
  readonly url: string
  readonly host: string
  /** What a subscriber's hook answers to the hub's question, and to a push. */
  challenge: (request: HookRequest) => Promise<HookAnswer | null>
  push: (request: HookRequest) => Promise<number>
  /** The topic has something new. */
  publish(): void
  /** How long a subscription lasts; what was asked for where left out. */
  leaseSeconds: number | null
  close(): Promise<void>
}

interface Subscriber {
  readonly topic: string
  readonly callback: string
  readonly secret: string
}

export async function startHub(reach: (topic: string) => string): Promise<Hub> {
  const subscribers = new Map<string, Subscriber>()
  let isDirty = false
  let isOpen = true
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request))
    const isTaken = await verify(form)
    response.writeHead(isTaken ? 202 : 400).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo

  async function verify(form: URLSearchParams): Promise<boolean> {
    const mode = form.get('hub.mode') ?? ''
    const topic = form.get('hub.topic') ?? ''
    const callback = form.get('hub.callback') ?? ''
    const challenge = randomBytes(16).toString('hex')
    const lease = String(hub.leaseSeconds ?? form.get('hub.lease_seconds') ?? 864_000)
    const query = {
      'hub.mode': mode,
      'hub.topic': topic,
      'hub.challenge': challenge,
      ...(mode === 'subscribe' ? { 'hub.lease_seconds': lease } : {}),
    }
    const answer = await hub.challenge({ method: 'GET', query, headers: {}, body: Buffer.alloc(0) })
    if (answer === null || answer.status !== 200 || answer.body !== challenge) return false
    if (mode === 'subscribe')
      subscribers.set(callback, { topic, callback, secret: form.get('hub.secret') ?? '' })
    else subscribers.delete(callback)
    return true
  }

  async function distribute(): Promise<void> {
    while (isOpen) {
      await sleep(20)
      if (!isDirty) continue
      isDirty = false
      for (const { topic, secret } of subscribers.values()) {
        const fetched = await fetch(reach(topic)).catch(() => null)
        const body = fetched === null ? null : Buffer.from(await fetched.arrayBuffer())
        const signature = createHmac('sha256', secret)
          .update(body ?? '')
          .digest('hex')
        const headers = {
          'content-type': fetched?.headers.get('content-type') ?? '',
          'x-hub-signature': `sha256=${signature}`,
          link: `<${hub.url}>; rel="hub", <${topic}>; rel="self"`,
        }
        const status = body === null ? 0 : await hub.push({ method: 'POST', query: {}, headers, body })
        if (status < 200 || status > 299) isDirty = true
      }
    }
  }

  const hub: Hub = {
    url: `http://127.0.0.1:${port}/`,
    host: `127.0.0.1:${port}`,
    challenge: async () => null,
    push: async () => 404,
    publish: () => {
      isDirty = true
    },
    leaseSeconds: null,
    close: async () => {
      isOpen = false
      await new Promise((done) => server.close(done))
    },
  }
  void distribute()
  return hub
}
