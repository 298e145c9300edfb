// Channels on their real servers: from the customer's word to the open desk, history, and what it costs to listen. The
// program runs in its own processes; the desk is the live stream that its pages read.
import { createServer, type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Customer } from '../channels/conformance/backend.ts'
import { quantileOfSorted } from '../lib/statistics/quantile.ts'
import { openFediverseBackend } from '../test/peers/activitypub-bot/backend.ts'
import { openBlueskyBackend } from '../test/peers/bluesky/backend.ts'
import { customersOf } from '../test/peers/dovecot/backend.ts'
import { ourAddress, startMailWorld } from '../test/peers/dovecot/mail-world.ts'
import { call, openAccount, startServerProcess, type ServerProcess } from '../test/server-process.ts'
import { ownerUrlOf, withFreshFolder } from './bench-folder.ts'
import { rounded, runAlone, type Figure } from './figures.ts'
import { openDesk, type OpenDesk } from './open-desk.ts'
import { cpuSeconds } from './process-cost.ts'
import { startFeeds } from './still-feeds.ts'

const words = 40
const mails = 2_000
const posts = 1_200
const feeds = 20
const idleMs = 20_000

export async function benchChannels(): Promise<readonly Figure[]> {
  return withFreshFolder('channels', async (folder) => {
    const port = await freePort()
    const [world, sky, fedi, still] = await Promise.all([
      startMailWorld({ signIn: 'password', security: 'none' }),
      openBlueskyBackend(),
      openFediverseBackend({ actor: `http://localhost:${port}/fediverse/users/care` }),
      startFeeds(feeds),
    ])
    const sockets = [
      ...world.trusted,
      sky.peer.host,
      fedi.peer.proxy.host,
      `localhost:${port}`,
      ...still.hosts,
    ]
    const server = await startServerProcess({
      HORSESHOE_DATA: folder,
      PORT: `${port}`,
      TRUSTED_HOSTS: sockets.join(','),
    })
    try {
      const { cookie, workspace } = await openAccount(server, 'Bench')
      const headers = { cookie, 'horseshoe-workspace': workspace }
      const desk = await openDesk(server.url, headers)
      const at = { server, headers, desk, ownerUrl: await ownerUrlOf(folder) }
      // Said before anybody listened.
      for (let i = 0; i < mails; i += 1) await world.dovecot.deliver(oldMail(i))
      await manyPosts(sky, posts)
      const mailbox = await connect(at, 'mailbox', world.link)
      // The real network never falls silent; a silent one would hand out the last minute as news.
      const bystander = await sky.newCustomer('Bystander')
      const talk = setInterval(() => void bystander.say('Hello').catch(() => undefined), 200)
      const bluesky = await connect(at, 'bluesky', {
        config: { service: sky.peer.url, handle: sky.us.handle, firehose: `ws://${sky.peer.host}` },
        secrets: { appPassword: sky.link.secrets['appPassword'] ?? '' },
      }).finally(() => clearInterval(talk))
      await connect(at, 'fediverse', { config: fedi.link.config, secrets: {} })
      const mailer = customersOf(world)
      const figures = [
        await lagOf(at, 'Bluesky firehose to desk', await sky.newCustomer('Bench'), '1000'),
        await lagOf(at, 'e-mail IDLE to desk', mailer('Bench Mailer'), '2000'),
        await lagOf(at, 'federated mention to desk', await fedi.newCustomer('Bench'), '1000'),
      ]
      figures.push(await backfill(at, 'e-mail backfill, parsed and stored', mailbox, '200'))
      figures.push(await backfill(at, 'Bluesky backfill, parsed and stored', bluesky, '300'))
      for (const url of still.urls)
        await connect(at, 'feed', { config: { url, whose: 'others' }, secrets: {} })
      figures.push(await idle(server))
      desk.close()
      return figures
    } finally {
      await server.stop()
      await Promise.all([world.close(), sky.close(), fedi.close(), still.close()])
    }
  })
}

interface At {
  readonly server: ServerProcess
  readonly headers: Readonly<Record<string, string>>
  readonly desk: OpenDesk
  readonly ownerUrl: string
}

interface Given {
  readonly config: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
}

async function connect(
  { server, headers }: At,
  channel: string,
  { config, secrets }: Given,
): Promise<string> {
  const made = await call(server, 'POST', '/api/v1/connections', { channel, config, secrets }, headers)
  if (made.state !== 'live') throw new Error(`${channel} is ${made.state}: ${made.detail}`)
  return made.id
}

/** One word at a time, from the moment the customer says it to the event on the open desk. */
async function lagOf({ desk }: At, name: string, customer: Customer, want: string): Promise<Figure> {
  // The listener is on its way for some seconds; what it hears first is not counted.
  await sleep(6_000)
  await Promise.all([desk.arrived(60_000), customer.say('Are you there?')])
  const waits: number[] = []
  for (let i = 0; i < words; i += 1) {
    const begun = performance.now()
    await Promise.all([desk.arrived(30_000), customer.say(`My lamp number ${i} is broken, can you help?`)])
    waits.push(performance.now() - begun)
  }
  const sorted = waits.toSorted((a, b) => a - b)
  const p95 = quantileOfSorted(sorted, 0.95) ?? Number.NaN
  const reference = { name: 'ms p50', value: Math.round(quantileOfSorted(sorted, 0.5) ?? Number.NaN) }
  return { name: `${name}, p95`, value: Math.round(p95), unit: 'ms', want, reference }
}

/** Events a second from the asking to the last one that is an engagement. */
async function backfill(
  { server, headers, ownerUrl }: At,
  name: string,
  id: string,
  want: string,
): Promise<Figure> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const count = async (): Promise<number> =>
      Number((await client.query('select count(*) as n from engagements')).rows[0]?.n)
    const before = await count()
    const begun = performance.now()
    await call(server, 'POST', `/api/v1/connections/${id}/backfill`, {}, headers)
    for (;;) {
      await sleep(100)
      const { backfill: history, health } = await call(
        server,
        'GET',
        `/api/v1/connections/${id}`,
        undefined,
        headers,
      )
      if (history.state === 'failed') throw new Error(history.detail)
      const queued = Number((await client.query('select count(*) as n from arrival_queue')).rows[0]?.n)
      if (history.state === 'done' && health.waiting === 0 && queued === 0) break
    }
    const perSecond = (((await count()) - before) * 1_000) / (performance.now() - begun)
    return { name, value: Math.round(perSecond), unit: 'engagements/s', want }
  } finally {
    await client.end()
  }
}

async function idle(server: ServerProcess): Promise<Figure> {
  await sleep(5_000)
  const pids = [server.pid]
  const before = cpuSeconds(pids)
  await sleep(idleMs)
  const share = (cpuSeconds(pids) - before) / (idleMs / 1_000)
  return {
    name: `${feeds} channels polling, idle`,
    value: rounded(share * 100, 1),
    unit: '% of a core',
    want: '25',
  }
}

function oldMail(index: number): {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: Buffer
} {
  const from = `person${index % 500}@customers.example`
  const lines = [
    `From: Person ${index % 500} <${from}>`,
    `To: ${ourAddress}`,
    `Subject: Question ${index}`,
    `Message-ID: <old-${index}@customers.example>`,
    `Date: ${new Date(Date.UTC(2026, 0, 1) + index * 60_000).toUTCString()}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    `Hello, my lamp number ${index} flickers since Monday. What can I do?`,
    '',
  ]
  return { from, to: [ourAddress], raw: Buffer.from(lines.join('\r\n')) }
}

/** Posts of our account, as it had them before it was connected. */
async function manyPosts(
  { us }: Awaited<ReturnType<typeof openBlueskyBackend>>,
  count: number,
): Promise<void> {
  for (let done = 0; done < count; done += 100) {
    const writes = Array.from({ length: Math.min(100, count - done) }, (_, i) => ({
      $type: 'com.atproto.repo.applyWrites#create',
      collection: 'app.bsky.feed.post',
      value: {
        $type: 'app.bsky.feed.post',
        text: `News of our lamps, number ${done + i}`,
        createdAt: new Date(Date.UTC(2026, 0, 1) + (done + i) * 60_000).toISOString(),
      },
    }))
    await us.post('com.atproto.repo.applyWrites', { repo: us.did, writes })
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

await runAlone(import.meta.url, benchChannels)
