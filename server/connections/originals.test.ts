import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailbox } from '../../channels/email/mailbox.ts'
import { openCompany, type Company } from '../../test/connections/company.ts'
import { openTestNetwork } from '../../test/connections/test-network.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { normaliseConnection } from './commands-normalise.ts'
import { originalRoute } from './routes-originals.ts'
import { addRaw } from './store-raw.ts'

let company: Company
const connectionId = newId()
const config = {
  address: 'care@acme.example',
  imapHost: 'mail.acme.example',
  smtpHost: 'mail.acme.example',
  password: 'kept as a setting in this test only',
}
const raw = `From: Jo <jo@example.org>\r\nTo: care@acme.example\r\nMessage-ID: <o1@example.org>\r\nDate: ${new Date().toUTCString()}\r\nContent-Type: text/html\r\n\r\n<p onclick="x()">Where is <b>it</b>?</p><script>alert(1)</script><img src="https://spy.example/1.gif">`

beforeAll(async () => {
  company = await openCompany(openTestNetwork({ listens: ['push'] }))
  await company.rows(
    `insert into connections (workspace_id, id, channel, config, created_at) values ($1, $2, 'mailbox', $3, now())`,
    [company.workspaceId, connectionId, config],
  )
})
afterAll(() => company.close())

test('the original of a mail is a page that can do nothing, for members only', async () => {
  const { workspaceId, api } = company
  const parts = { ...company.parts, plugs: [mailbox] }
  const event = { key: 'k1', at: Date.now(), body: Buffer.from(raw), facts: { folder: 'inbox' } }
  await inScope(api.database, systemScope(workspaceId), (db) =>
    addRaw(db, workspaceId, [{ connectionId, event, isHistorical: false }], { at: new Date() }),
  )
  await normaliseConnection(parts, { workspaceId, connectionId })
  await company.read(connectionId)
  const [engagement] = await company.rows<{ id: string; text: string }>('select id, text from engagements')
  expect(engagement?.text).toBe('Where is it?')
  const app = originalRoute(parts)
  const path = `/engagements/${engagement?.id ?? ''}/original`
  const mine = await app.request(path, { headers: { cookie: company.owner.cookie } })
  expect(mine.status).toBe(200)
  expect(mine.headers.get('content-security-policy')).toMatch(
    /default-src 'none'.*frame-ancestors 'self'; sandbox/,
  )
  const page = await mine.text()
  expect(page).toContain('<p>Where is <b>it</b>?</p><img>')
  expect(page).not.toMatch(/alert|onclick|spy/)
  expect((await app.request(path)).status).toBe(404)
  const stranger = await api.signUp('eve@example.org')
  expect((await app.request(path, { headers: { cookie: stranger.cookie } })).status).toBe(404)
  expect((await app.request(`/engagements/${newId()}/original`)).status).toBe(404)
  expect((await app.request('/engagements/none/original')).status).toBe(404)
})

test('of words that were deleted there is none', async () => {
  const [engagement] = await company.rows<{ id: string }>('select id from engagements')
  await company.rows(`update raw_events set body = ''`)
  const app = originalRoute({ ...company.parts, plugs: [mailbox] })
  const headers = { cookie: company.owner.cookie }
  expect((await app.request(`/engagements/${engagement?.id ?? ''}/original`, { headers })).status).toBe(404)
})
