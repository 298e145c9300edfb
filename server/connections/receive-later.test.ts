import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Hono } from 'hono'
import type { Channel, Plug } from '../../channels/channel.ts'
import { openCompany, type Company } from '../../test/connections/company.ts'
import { openTestNetwork } from '../../test/connections/test-network.ts'
import { openEgress } from '../platform/egress/egress.ts'
import { createKeeper } from './commands-keep.ts'
import { hookOf } from './commands-open.ts'
import { createReceiveJob } from './commands-receive.ts'
import type { ConnectionParts } from './connection.ts'
import type { ReceivePayload } from './jobs-names.ts'
import { hookRoute } from './routes-hooks.ts'

/** Pages that pushes name; each is asked for before the push counts. */
const pages = new Map<string, string>()
const asked: string[] = []
const server = createServer((request, response) => {
  asked.push(request.url ?? '')
  const page = pages.get(request.url ?? '')
  response.writeHead(page === undefined ? 404 : 200).end(page)
})

const network = openTestNetwork({ listens: ['push'], pushedBy: 'anybody' })
const readsPages: Plug = {
  ...network.plug,
  open(ports, settings, link) {
    const channel = network.plug.open(ports, settings, link)
    return channel === null ? null : { ...channel, receive: (request) => receive(request.body, ports) }
  },
}

const receive = async (
  body: Uint8Array,
  ports: Parameters<Plug['open']>[0],
): Promise<Awaited<ReturnType<NonNullable<Channel['receive']>>>> => {
  const path = Buffer.from(body).toString()
  if (!path.startsWith('/')) return { result: 'reject', status: 400, reason: 'no page' }
  const { status, body: page } = await ports.http.fetch({ url: `${origin()}${path}` })
  if (status !== 200) return { result: 'reject', status: 400, reason: 'the page is not there' }
  const event = Buffer.from(JSON.stringify({ id: path, text: page.toString() }))
  return { result: 'accept', events: [{ key: path, at: Date.now(), body: event }] }
}

const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
let company: Company
let parts: ConnectionParts
let app: Hono
let path: string
let id: string
let address: string

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  company = await openCompany({ ...network, plug: readsPages })
  const egress = openEgress({ trusted: [new URL(origin()).host] })
  parts = { ...company.parts, platform: { ...company.parts.platform, egress } }
})
beforeEach(async () => {
  await company.reset()
  await company.rows('delete from graphile_worker._private_jobs')
  id = await company.connect()
  pages.clear()
  asked.length = 0
  address = '192.0.2.1'
  app = hookRoute({ parts, keeper: createKeeper(parts), addressOf: () => address })
  path = new URL(hookOf(parts, id).url).pathname.replace('/api/v1', '')
})
afterAll(async () => {
  await company.close()
  await new Promise((done) => server.close(done))
})

const push = async (body: string): Promise<Response> => app.request(path, { method: 'POST', body })

async function waiting(): Promise<readonly { readonly payload: ReceivePayload; readonly run_at: Date }[]> {
  return company.rows(`select j.payload, j.run_at from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'receive-push' order by j.id`)
}

async function work(): Promise<void> {
  const jobs = await waiting()
  await company.rows('delete from graphile_worker._private_jobs')
  for (const { payload } of jobs) await createReceiveJob(parts).run(payload)
}

test('what must be looked up is kept, acknowledged, and looked up in the background', async () => {
  pages.set('/a', 'Nice lamp!')
  const answer = await push('/a')
  expect(answer.status).toBe(202)
  expect(asked).toEqual([])
  await push('/a')
  expect(await waiting()).toHaveLength(1)
  await work()
  expect(asked).toEqual(['/a'])
  await company.read(id)
  expect(await company.rows('select text from engagements')).toEqual([{ text: 'Nice lamp!' }])
  await push('/a')
  await work()
  expect(await company.rows('select key from raw_events')).toHaveLength(1)
})

test('what is wrong in itself is refused at once', async () => {
  expect((await push('nonsense')).status).toBe(400)
  expect(await waiting()).toEqual([])
})

test('a page that is not there yet is looked for twice more, later each time, and then no more', async () => {
  await push('/late')
  await work()
  const [second] = await waiting()
  expect(second?.payload.tries).toBe(1)
  expect(second?.run_at.getTime()).toBeGreaterThan(Date.now() + 20_000)
  await work()
  expect((await waiting())[0]?.run_at.getTime()).toBeGreaterThan(Date.now() + 200_000)
  await work()
  expect(await waiting()).toEqual([])
  expect(asked).toEqual(['/late', '/late', '/late'])
})

test('what anybody may send is counted by who sends it', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 31; i += 1) statuses.push((await push(`/${i}`)).status)
  expect([statuses[29], statuses[30]]).toEqual([202, 429])
  const late = await push('/31')
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  address = '192.0.2.2'
  expect((await push('/32')).status).toBe(202)
  expect(asked).toEqual([])
})
