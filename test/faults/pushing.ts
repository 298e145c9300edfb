// A company on WhatsApp's twin, whose pushes go to a program that may be killed or lose its database: as Meta does, the
// twin sends again until it hears a yes.
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Customer } from '../../channels/conformance/backend.ts'
import { openWhatsappBackend, type WhatsappBackend } from '../peers/twins/whatsapp/backend.ts'
import { call, openAccount, type ServerProcess } from '../server-process.ts'

export interface Answered {
  readonly at: number
  readonly status: number
  readonly retryAfter: string | null
}

export interface Pushing {
  readonly trusted: string
  /** Every answer to a push. */
  readonly answers: readonly Answered[]
  /** Names that the network gave to what was said. */
  readonly said: readonly string[]
  connect(server: ServerProcess): Promise<void>
  /** The program that pushes go to from now on. */
  to(server: ServerProcess): void
  say(count: number): Promise<void>
  /** Says something at this pace until stopped. */
  keepSaying(everyMs: number): { stop(): Promise<void> }
  close(): Promise<void>
}

export async function openPushing(): Promise<Pushing> {
  const twin: WhatsappBackend = await openWhatsappBackend()
  const customers: Customer[] = []
  for (const name of ['Ada', 'Bo', 'Cy', 'Di']) customers.push(await twin.newCustomer(name))
  const answers: Answered[] = []
  const said: string[] = []
  let url = ''
  let path = ''
  let isHooked = false
  // Meta asks first whether the hook is ours, and again each time the hook is set; a program that is down says nothing.
  twin.onChallenge?.(async ({ query }) => {
    if (path === '') return null
    const answer = await fetch(`${url}${path}?${new URLSearchParams(query)}`).catch(() => null)
    if (answer === null) return null
    isHooked = true
    return { status: answer.status, contentType: 'text/plain', body: await answer.text() }
  })
  twin.onPush?.(async ({ headers, body }) => {
    const answer = await fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(15_000),
    })
    await answer.arrayBuffer()
    answers.push({ at: Date.now(), status: answer.status, retryAfter: answer.headers.get('retry-after') })
    return answer.status
  })
  async function say(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const customer = customers[said.length % customers.length]
      const { externalId } = (await customer?.say(`Where is my parcel ${said.length}?`)) ?? {}
      if (externalId !== undefined) said.push(externalId)
    }
  }
  return {
    trusted: new URL(twin.link.config['graph'] ?? '').host,
    answers,
    said,
    async connect(server) {
      const { cookie, workspace } = await openAccount(server, 'Faults')
      const headers = { cookie, 'horseshoe-workspace': workspace }
      const { config, secrets } = twin.link
      const asked = { channel: 'whatsapp', config, secrets }
      const { id } = await call(server, 'POST', '/api/v1/connections', asked, headers)
      const hook = await call(server, 'GET', `/api/v1/connections/${id}/hook`, undefined, headers)
      path = new URL(hook.url).pathname
      url = server.url
      while (!isHooked) await sleep(50)
      await sleep(500)
    },
    to(server) {
      url = server.url
    },
    say,
    keepSaying(everyMs) {
      let isStopped = false
      const done = (async () => {
        while (!isStopped) {
          await say(1)
          await sleep(everyMs)
        }
      })()
      return {
        async stop() {
          isStopped = true
          await done
        },
      }
    },
    close: () => twin.close(),
  }
}

/** Until every word is in the store and nothing waits any more, neither for its meaning nor for the loop. */
export async function waitUntilTold(
  owner: pg.Client,
  said: readonly string[],
  limitMs = 90_000,
): Promise<void> {
  const deadline = Date.now() + limitMs
  for (;;) {
    const found = await owner.query<{ kept: number; waiting: number }>(
      `select (select count(*)::int from raw_events where key = any($1::text[])) as kept,
        (select count(*)::int from raw_queue) + (select count(*)::int from arrival_queue) as waiting`,
      [said.map((id) => `message:${id}`)],
    )
    const { kept = 0, waiting = 0 } = found.rows[0] ?? {}
    if (kept === said.length && waiting === 0) return
    if (Date.now() > deadline) throw new Error(`${kept} of ${said.length} are kept, ${waiting} still wait`)
    await sleep(100)
  }
}

/** What stands in the store of what was said: each word as often as it is there. */
export async function storedNames(owner: pg.Client): Promise<readonly string[]> {
  const found = await owner.query<{ name: string }>(
    `select external_id as name from engagements where source = 'whatsapp' and direction = 'in'`,
  )
  return found.rows.map(({ name }) => name).toSorted()
}
