import { setTimeout as sleep } from 'node:timers/promises'
import type { EngagementInput } from '../../contract/engagement.ts'
import type { Account, ServerProcess } from '../server-process.ts'

type Given = Pick<
  EngagementInput,
  'source' | 'externalId' | 'direction' | 'author' | 'text' | 'publishedAt'
> & {
  readonly presence: string
}

export interface Sent {
  /** Ids that the server gave, by external id. */
  readonly acknowledged: Map<string, string>
  /** Sent without an answer: there or not, nobody knows. */
  unanswered: Given[]
}

export interface Senders {
  /** For those that only send again: when all is sent. */
  readonly done: Promise<void>
  stop(): Promise<void>
}

const lines = 6
const together = 4

/** Sends without pause on some connections until stopped; with null for a name, what is unanswered, once. */
export function startSenders(
  server: ServerProcess,
  account: Account,
  sent: Sent,
  name: string | null,
): Senders {
  let isStopped = false
  const again = name === null ? sent.unanswered : []
  if (name === null) sent.unanswered = []
  async function line(index: number): Promise<void> {
    for (let step = 0; !isStopped; step++) {
      const items = name === null ? again.splice(0, together) : makeItems(`${name}-${index}-${step}`)
      if (items.length === 0) return
      await send(server, account, sent, items)
    }
  }
  const done = Promise.all(Array.from({ length: lines }, (_, index) => line(index))).then(() => undefined)
  return {
    done,
    async stop() {
      isStopped = true
      await done
    },
  }
}

function makeItems(name: string): Given[] {
  return Array.from({ length: together }, (_, index) => ({
    source: 'twitter',
    externalId: `${name}-${index}`,
    direction: 'in' as const,
    author: { externalId: `person-of-${name}`, handle: `person-of-${name}` },
    presence: 'acme',
    text: `My parcel ${name} is late, where is it?`,
    publishedAt: new Date().toISOString(),
  }))
}

async function send(server: ServerProcess, account: Account, sent: Sent, items: Given[]): Promise<void> {
  try {
    const response = await fetch(`${server.url}/api/v1/engagements`, {
      method: 'POST',
      headers: { authorization: `Bearer ${account.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ engagements: items }),
      signal: AbortSignal.timeout(15_000),
    })
    if (!response.ok) throw new Error(`${response.status}`)
    const { results } = (await response.json()) as { results: { id: string }[] }
    for (const [index, item] of items.entries())
      sent.acknowledged.set(item.externalId, results[index]?.id ?? '')
  } catch {
    sent.unanswered.push(...items)
    await sleep(20)
  }
}
