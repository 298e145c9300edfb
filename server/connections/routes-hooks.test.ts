import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Hono } from 'hono'
import { openCompany, type Company } from '../../test/connections/company.ts'
import { openTestNetwork } from '../../test/connections/test-network.ts'
import { isDatabaseAway } from '../platform/http/unavailable.ts'
import { createKeeper } from './commands-keep.ts'
import { hookOf } from './commands-open.ts'
import { hookRoute } from './routes-hooks.ts'

const network = openTestNetwork({ listens: ['push'] })
let company: Company
let id: string
let app: Hono
let path: string
let address: string

beforeAll(async () => {
  company = await openCompany(network)
})
beforeEach(async () => {
  await company.reset()
  id = await company.connect()
  address = '192.0.2.1'
  app = hookRoute({ parts: company.parts, keeper: createKeeper(company.parts), addressOf: () => address })
  path = new URL(hookOf(company.parts, id).url).pathname.replace('/api/v1', '')
})
afterAll(() => company.close())

function push(body: string | Uint8Array, secret = 'good', to = path): Promise<Response> | Response {
  return app.request(to, { method: 'POST', body: body as string, headers: { 'x-secret': secret } })
}

const post = JSON.stringify({ id: 'p1', text: 'Help!' })

test('a push that fits is on disk when it is acknowledged, once however often it comes', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, async () => push(post)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await company.rows('select key from raw_events')).toEqual([{ key: 'p1' }])
  await company.read(id)
  expect(await company.rows('select text from engagements')).toEqual([{ text: 'Help!' }])
})

test('who is refused again and again is told to wait; what is proven passes from everywhere else', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 62; i += 1) statuses.push((await push(post, 'bad')).status)
  expect(statuses.slice(0, 60)).toEqual(Array.from({ length: 60 }, () => 401))
  const waits = await push(post, 'bad')
  expect(waits.status).toBe(429)
  expect(Number(waits.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(await waits.text()).toMatch(/try again in \d+ s/)
  address = '192.0.2.2'
  const many = await Promise.all(Array.from({ length: 400 }, async () => push(post)))
  expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]))
})

test('who tries addresses of hooks is told to wait', async () => {
  const statuses: number[] = []
  for (let i = 0; i < 62; i += 1) statuses.push((await push(post, 'good', `/hooks/guess-${i}`)).status)
  expect([statuses[0], statuses.at(-1)]).toEqual([404, 429])
})

test('a push with another secret is refused, and one to nobody is not found', async () => {
  expect((await push(post, 'bad')).status).toBe(401)
  expect((await push(post, 'good', '/hooks/unknown')).status).toBe(404)
  expect(await company.rows('select 1 from raw_events')).toHaveLength(0)
})

test('ten megabytes are taken, more are refused before they are read', async () => {
  const padded = (size: number): Uint8Array => Buffer.from(`{"id":"big","text":"${'x'.repeat(size)}"}`)
  expect((await push(padded(9 * 2 ** 20))).status).toBe(200)
  expect((await push(padded(10 * 2 ** 20))).status).toBe(413)
})

test('a challenge is answered, as text that no browser runs', async () => {
  const answer = await app.request(`${path}?challenge=<script>`, { headers: { 'x-secret': 'good' } })
  expect(await answer.text()).toBe('<script>')
  expect(answer.headers.get('content-type')).toMatch('text/plain')
})

test('an ended connection is not found any more', async () => {
  await company.call('POST', `/connections/${id}/disconnect`, {})
  expect((await push(post)).status).toBe(404)
})

test('while the database is away nothing is acknowledged', async () => {
  expect((await push(JSON.stringify({ id: 'p0', text: 'first' }))).status).toBe(200)
  const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  const broken = { ...company.parts, platform: { ...company.parts.platform } }
  const lost = hookRoute({
    parts: broken,
    keeper: { keep: () => Promise.reject(away) },
    addressOf: () => address,
  })
  const outer = new Hono().route('/', lost)
  outer.onError((error, c) => (isDatabaseAway(error) ? c.text('', 503) : c.text('', 500)))
  const answer = await outer.request(path, { method: 'POST', body: post, headers: { 'x-secret': 'good' } })
  expect(answer.status).toBe(503)
})
