import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Webhook } from 'standardwebhooks'
import { sql } from 'kysely'
import type { Role } from '../../contract/policy.ts'
import {
  fingerprint,
  noHooks,
  openTestApi,
  signIn,
  testPassword,
  type Person,
  type TestApi,
} from '../../test/api.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { makeScopeFor, openSource, record, verifyChain, workspaceSettings } from './index.ts'
import { addMember } from './members/store.ts'
import {
  auditRoutes,
  invitationRoutes,
  keyRoutes,
  memberRoutes,
  sourceRoutes,
  workspaceRoutes,
} from './routes.ts'

let api: TestApi
let owner: Person
let workspaceId: string
const hooks = { ...noHooks, functionsInUse: async () => ['service'], loadSample: async () => 7 }

beforeAll(async () => {
  api = await openTestApi((platform) => ({
    workspace: workspaceRoutes(platform, hooks),
    members: memberRoutes(platform),
    invitations: invitationRoutes(platform),
    audit: auditRoutes(platform),
    keys: keyRoutes(platform),
    sources: sourceRoutes(platform),
  }))
})
afterAll(() => api.close())
beforeEach(async () => {
  await api.empty()
  owner = await api.signUp('owner@example.com', 'Olga')
  const body = { name: 'Acme', timeZone: 'UTC' }
  await api.call('POST', '/workspaces', { as: owner, body })
  workspaceId = (await api.call('GET', '/workspace', { as: owner })).body.id
})

async function addPerson(email: string, role: Role): Promise<Person & { readonly memberId: string }> {
  const person = await api.signUp(email, email.split('@')[0])
  const memberId = newId()
  await inScope(api.database, systemScope(workspaceId), (db) =>
    addMember(
      db,
      workspaceId,
      { id: memberId, userId: person.userId, name: email, email, role, functions: [] },
      new Date(),
    ),
  )
  api.auth.forget()
  return { ...person, memberId }
}

async function lastAudit(): Promise<{ action: string; actor: string; before: unknown; after: unknown }> {
  return (await api.call('GET', '/audit?limit=1', { as: owner })).body.items[0]
}

describe('the workspace', () => {
  test('its settings are changed, audited, and in force at once', async () => {
    const scope = systemScope(workspaceId)
    const before = await inScope(api.database, scope, (db) => workspaceSettings(db, workspaceId))
    expect(before).toMatchObject({ name: 'Acme', timeZone: 'UTC' })
    const functions = [
      { key: 'service', title: 'Help' },
      { key: 'law', title: 'Law' },
    ]
    const body = {
      name: 'Acme Ltd',
      timeZone: 'Europe/Oslo',
      functions,
      contactForm: { isOpen: false, greeting: 'Hi' },
    }
    const changed = await api.call('PATCH', '/workspace', { as: owner, body })
    expect(changed).toMatchObject({ status: 200, body: { ...body, slug: 'acme' } })
    const after = await inScope(api.database, scope, (db) => workspaceSettings(db, workspaceId))
    expect(after).toMatchObject({ name: 'Acme Ltd', timeZone: 'Europe/Oslo', functions: ['service', 'law'] })
    expect(await lastAudit()).toMatchObject({
      action: 'workspace.changed',
      actor: 'Olga',
      before: { name: 'Acme', timeZone: 'UTC' },
      after: body,
    })
  })

  test.each([
    [{ timeZone: 'Nowhere/Land' }, 422],
    [{ functions: [] }, 400],
    [{ functions: [{ key: 'Bad Key', title: 'x' }] }, 400],
    [{ functions: [{ key: 'law', title: 'Law' }] }, 409],
    [{ name: '' }, 400],
    [{ hours: { weekly: { '8': [[1, 2]] }, holidays: [] } }, 400],
    [{ hours: { weekly: {}, holidays: ['2026-02-30'] } }, 400],
  ])('%j is refused and changes nothing', async (body, status) => {
    const before = await fingerprint(api.database)
    expect((await api.call('PATCH', '/workspace', { as: owner, body })).status).toBe(status)
    const { members: _before, ...rest } = before
    const { members: _after, ...now } = await fingerprint(api.database)
    expect(now).toEqual(rest)
  })

  test('two of the same name get slugs of their own, also at the same moment', async () => {
    const body = { name: 'Acme', timeZone: 'UTC' }
    const made = await Promise.all([1, 2, 3].map(() => api.call('POST', '/workspaces', { as: owner, body })))
    expect(new Set(made.map((answer) => answer.body.slug)).size).toBe(3)
    api.auth.forget()
    expect((await api.call('GET', '/workspace', { as: owner })).status).toBe(401)
    expect((await api.call('GET', '/workspace', { as: owner, workspace: 'acme-2' })).body.slug).toBe('acme-2')
  })

  test('the sample is loaded once, also when asked for twice at the same moment', async () => {
    const both = await Promise.all([1, 2].map(() => api.call('POST', '/workspace/sample', { as: owner })))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    expect((await api.call('GET', '/workspace', { as: owner })).body.hasSample).toBe(true)
  })
})

describe('members', () => {
  test('a change of role acts on the next call, and is audited', async () => {
    const agent = await addPerson('agent@example.com', 'admin')
    expect((await api.call('GET', '/keys', { as: agent })).status).toBe(200)
    const change = { role: 'viewer', functions: ['service'] }
    const answer = await api.call('PATCH', `/members/${agent.memberId}`, { as: owner, body: change })
    expect(answer.body).toMatchObject({ role: 'viewer', functions: ['service'] })
    expect((await api.call('GET', '/keys', { as: agent })).status).toBe(403)
    expect((await api.call('GET', '/members', { as: agent })).body.items).toHaveLength(2)
    expect(await lastAudit()).toMatchObject({
      action: 'member.changed',
      before: { role: 'admin' },
      after: change,
    })
    const removal = { isActive: false }
    await api.call('PATCH', `/members/${agent.memberId}`, { as: owner, body: removal })
    expect((await api.call('GET', '/members', { as: agent })).status).toBe(401)
    expect(await makeScopeFor(api.platform, workspaceId, agent.memberId)).toBeNull()
  })

  test('nobody reaches above their own role, and what is unknown is refused', async () => {
    const admin = await addPerson('admin@example.com', 'admin')
    const agent = await addPerson('agent@example.com', 'agent')
    const ownerId = (await api.call('GET', '/me', { as: owner })).body.workspaces[0].memberId
    const attempts: [string, unknown, number][] = [
      [agent.memberId, { role: 'owner' }, 403],
      [ownerId, { role: 'agent' }, 403],
      [ownerId, { isActive: false }, 403],
      [admin.memberId, { role: 'owner' }, 403],
      [agent.memberId, { functions: ['nothing'] }, 422],
      [agent.memberId, { role: 'king' }, 400],
      [newId(), { role: 'agent' }, 404],
    ]
    for (const [id, body, status] of attempts) {
      expect((await api.call('PATCH', `/members/${id}`, { as: admin, body })).status).toBe(status)
    }
    expect((await api.call('PATCH', `/members/${admin.memberId}`, { as: agent, body: {} })).status).toBe(403)
  })

  test('two owners who demote each other at the same moment leave one owner', async () => {
    const second = await addPerson('second@example.com', 'owner')
    const firstId = (await api.call('GET', '/me', { as: owner })).body.workspaces[0].memberId
    const body = { role: 'agent' }
    const answers = await Promise.all([
      api.call('PATCH', `/members/${second.memberId}`, { as: owner, body }),
      api.call('PATCH', `/members/${firstId}`, { as: second, body }),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const owners = await sql`select id from members where role = 'owner'`.execute(api.database.owner)
    expect(owners.rows).toHaveLength(1)
  })

  test('everybody says for themselves whether they take new cases', async () => {
    const viewer = await addPerson('viewer@example.com', 'viewer')
    const body = { isAvailable: false }
    expect((await api.call('PUT', '/me/availability', { as: viewer, body })).status).toBe(200)
    const { items } = (await api.call('GET', '/members', { as: owner })).body
    expect(items.find(({ id }: { id: string }) => id === viewer.memberId).isAvailable).toBe(false)
    expect((await lastAudit()).action).toBe('member.availability')
  })
})

describe('invitations', () => {
  const wanted = { email: 'New@example.com', role: 'agent', functions: ['service'] }

  async function inviteNew(body: unknown = wanted): Promise<{ token: string; id: string }> {
    const answer = await api.call('POST', '/invitations', { as: owner, body })
    expect(answer.status).toBe(200)
    return { token: answer.body.link.split('#')[1], id: answer.body.invitation.id }
  }
  const account = { name: 'Nora', password: testPassword }
  const accept = (token: string, body: object = account, as?: Person) =>
    api.call('POST', '/invitations/accept', { as, body: { token, ...body } })

  test('somebody new joins by the link, once', async () => {
    const { token } = await inviteNew()
    expect((await api.call('POST', '/invitations/look', { body: { token } })).body).toEqual({
      workspace: 'Acme',
      email: 'new@example.com',
      role: 'agent',
      hasAccount: false,
    })
    expect((await api.call('GET', '/invitations', { as: owner })).body.items).toHaveLength(1)
    expect((await accept(token)).body).toEqual({ workspace: 'acme' })
    const nora = { userId: '', email: '', cookie: await signIn(api.auth, 'new@example.com') }
    expect((await api.call('GET', '/me', { as: nora })).body.workspaces[0]).toMatchObject({
      role: 'agent',
      functions: ['service'],
    })
    expect(await lastAudit()).toMatchObject({ action: 'member.joined', actor: 'Nora' })
    expect((await accept(token)).status).toBe(410)
    expect((await api.call('POST', '/invitations/look', { body: { token } })).status).toBe(410)
    expect((await api.call('GET', '/invitations', { as: owner })).body.items).toHaveLength(0)
  })

  test('used at the same moment by ten it makes one member and one account', async () => {
    const { token } = await inviteNew()
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => accept(token, { ...account, name: `N${index}` })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.every(({ status }) => [200, 401, 410].includes(status))).toBe(true)
    const members = await sql`select id from members where email = 'new@example.com'`.execute(
      api.database.owner,
    )
    expect(members.rows).toHaveLength(1)
    expect(await signIn(api.auth, 'new@example.com')).toContain('session_token')
  })

  test('it is bound to its address: another account cannot use it, its own must be signed in', async () => {
    const { token } = await inviteNew()
    const other = await api.signUp('other@example.com')
    expect((await accept(token, {}, other)).status).toBe(409)
    const invited = await api.signUp('new@example.com')
    expect((await accept(token)).status).toBe(401)
    expect(await signIn(api.auth, 'new@example.com')).toContain('session_token')
    expect((await accept(token, {}, invited)).status).toBe(200)
  })

  test('it runs out after 72 hours, and is void once taken back or replaced', async () => {
    const first = await inviteNew()
    const second = await inviteNew()
    expect((await accept(first.token)).status).toBe(410)
    expect((await api.call('DELETE', `/invitations/${second.id}`, { as: owner })).status).toBe(200)
    expect((await api.call('DELETE', `/invitations/${second.id}`, { as: owner })).status).toBe(404)
    expect((await accept(second.token)).status).toBe(410)
    const third = await inviteNew()
    api.ahead(72 * 3_600_000 - 1_000)
    expect((await api.call('POST', '/invitations/look', { body: { token: third.token } })).status).toBe(200)
    api.ahead(72 * 3_600_000 + 1_000)
    expect((await accept(third.token)).status).toBe(410)
  })

  test('what stands in the database is no link', async () => {
    await inviteNew()
    const row = await sql<{ hash: Buffer }>`select token_hash as hash from invitations`.execute(
      api.database.owner,
    )
    expect((await accept(row.rows[0]?.hash.toString('base64url') ?? '')).status).toBe(410)
  })

  test('a weak password and a missing name are refused, and the link still works', async () => {
    const { token } = await inviteNew()
    expect((await accept(token, {})).status).toBe(422)
    expect((await accept(token, { name: 'Nora', password: 'password1234' })).status).toBe(422)
    expect((await accept(token)).status).toBe(200)
  })

  test('nobody offers a role above their own, and offers end with the role of who made them', async () => {
    const admin = await addPerson('admin@example.com', 'admin')
    const asAdmin = (body: unknown) => api.call('POST', '/invitations', { as: admin, body })
    expect((await asAdmin({ ...wanted, role: 'owner' })).status).toBe(403)
    expect((await asAdmin({ ...wanted, functions: ['nothing'] })).status).toBe(422)
    expect((await asAdmin({ ...wanted, email: 'owner@example.com' })).status).toBe(409)
    const link = (await asAdmin({ ...wanted, role: 'admin' })).body.link
    await api.call('PATCH', `/members/${admin.memberId}`, { as: owner, body: { isActive: false } })
    expect((await accept(link.split('#')[1])).status).toBe(410)
  })

  test('somebody who left comes back by a new invitation, in the invited role', async () => {
    const agent = await addPerson('new@example.com', 'admin')
    await api.call('PATCH', `/members/${agent.memberId}`, { as: owner, body: { isActive: false } })
    const { token } = await inviteNew()
    expect((await accept(token, {}, agent)).status).toBe(200)
    expect((await api.call('GET', '/me', { as: agent })).body.workspaces[0]).toMatchObject({
      memberId: agent.memberId,
      role: 'agent',
    })
  })
})

describe('keys and signed sources', () => {
  test('a key is shown once, works in its scopes, and no more once revoked', async () => {
    const body = { name: 'Shop', scopes: ['workspace.read', 'workspace.read'] }
    const made = await api.call('POST', '/keys', { as: owner, body })
    const { key, item } = made.body
    expect(key).toMatch(/^hs_[\w-]{43}$/)
    expect(item).toMatchObject({
      name: 'Shop',
      scopes: ['workspace.read'],
      start: key.slice(0, 7),
      lastUsedAt: null,
    })
    expect((await api.call('GET', '/workspace', { as: key })).body.slug).toBe('acme')
    expect((await api.call('GET', '/keys', { as: key })).status).toBe(403)
    expect((await api.call('GET', '/me', { as: key })).status).toBe(401)
    const listed = await api.call('GET', '/keys', { as: owner })
    expect(JSON.stringify(listed.body)).not.toContain(key)
    expect((await api.call('DELETE', `/keys/${item.id}`, { as: owner })).status).toBe(200)
    expect((await api.call('GET', '/workspace', { as: key })).status).toBe(401)
    expect((await api.call('DELETE', `/keys/${item.id}`, { as: owner })).status).toBe(404)
    expect((await api.call('DELETE', '/keys/not-an-id', { as: owner })).status).toBe(404)
    const trail = JSON.stringify((await api.call('GET', '/audit', { as: owner })).body)
    expect(trail).toContain('key.revoked')
    expect(trail).not.toContain(key)
    expect(
      (await api.call('POST', '/keys', { as: owner, body: { name: 'x', scopes: ['keys.manage'] } })).status,
    ).toBe(400)
  })

  test('a source signs with its newest secret and, until the next rotation, with the one before', async () => {
    const made = await api.call('POST', '/sources', { as: owner, body: { name: 'CRM' } })
    const { id } = made.body.item
    const secrets = [made.body.secret]
    const valid = async (): Promise<boolean[]> => {
      const opened = await openSource(api.platform, id)
      return secrets.map((secret) => {
        const headers = signed(secret, '{}')
        return (opened?.secrets ?? []).some((known) => accepts(known.reveal(), headers))
      })
    }
    expect(made.body.secret).toMatch(/^whsec_/)
    expect(await valid()).toEqual([true])
    for (const expected of [
      [true, true],
      [false, true, true],
    ]) {
      secrets.push((await api.call('POST', `/sources/${id}/rotate`, { as: owner })).body.secret)
      expect(await valid()).toEqual(expected)
    }
    const rows = await sql`select * from signed_sources`.execute(api.database.owner)
    expect(rows.rows.map((row) => JSON.stringify(row)).join()).not.toContain(
      Buffer.from(secrets[2]).toString('hex'),
    )
    expect((await api.call('GET', '/sources', { as: owner })).body.items).toMatchObject([
      { name: 'CRM', secretCount: 2 },
    ])
    expect((await api.call('DELETE', `/sources/${id}`, { as: owner })).status).toBe(200)
    expect(await openSource(api.platform, id)).toBeNull()
    expect((await api.call('POST', `/sources/${id}/rotate`, { as: owner })).status).toBe(404)
  })
})

describe('the audit trail', () => {
  test('is read newest first in pages, by subject and by action', async () => {
    for (const name of ['A', 'B', 'C']) await api.call('PATCH', '/workspace', { as: owner, body: { name } })
    const first = await api.call('GET', '/audit?limit=2', { as: owner })
    expect(first.body.items.map((item: { after: { name: string } }) => item.after.name)).toEqual(['C', 'B'])
    const second = await api.call('GET', `/audit?limit=2&cursor=${first.body.nextCursor}`, { as: owner })
    expect(second.body.items).toHaveLength(2)
    expect(second.body.nextCursor).toBeNull()
    expect((await api.call('GET', '/audit?action=workspace.made', { as: owner })).body.items).toHaveLength(1)
    expect((await api.call('GET', `/audit?subjectId=${newId()}`, { as: owner })).body.items).toHaveLength(0)
    expect((await api.call('GET', '/audit?cursor=nonsense', { as: owner })).status).toBe(422)
  })

  test('shows tampering with any row, and that its end was cut off', async () => {
    for (const name of ['A', 'B', 'C']) await api.call('PATCH', '/workspace', { as: owner, body: { name } })
    const scope = systemScope(workspaceId)
    expect(await verifyChain(api.platform, scope)).toEqual({ isIntact: true, entries: 4, brokenAt: null })
    const rows = await sql<{ id: string }>`select id from audit order by number`.execute(api.database.owner)
    await sql`update audit set actor = 'Eve' where number = 2`.execute(api.database.owner)
    const forged = (await api.call('GET', '/audit/verify', { as: owner })).body
    expect(forged).toEqual({ isIntact: false, entries: 4, brokenAt: rows.rows[1]?.id })
    await sql`update audit set actor = 'Olga' where number = 2`.execute(api.database.owner)
    expect((await verifyChain(api.platform, scope)).isIntact).toBe(true)
    await sql`delete from audit where number = 4`.execute(api.database.owner)
    expect((await verifyChain(api.platform, scope)).isIntact).toBe(false)
  })

  test('the application can neither change nor remove what stands in it', async () => {
    const scope = systemScope(workspaceId)
    for (const change of ["update audit set actor = 'Eve'", 'delete from audit', 'truncate audit']) {
      await expect(inScope(api.database, scope, (db) => sql.raw(change).execute(db))).rejects.toThrow(
        'permission denied',
      )
    }
  })

  test('holds with text of any kind, written by many at the same moment', async () => {
    const scope = systemScope(workspaceId)
    const texts = ['\u0000', '\ud800', '‮abc', '{"a":1}', '\u2028', 'x'.repeat(10_000)]
    await Promise.all(
      texts.map((text) =>
        inScope(api.database, scope, (db) =>
          record(db, scope, {
            action: 'test.made',
            subject: { type: 'test', id: 'a' },
            after: { [text]: text, n: 1e21, z: -0, u: undefined },
          }),
        ),
      ),
    )
    expect(await verifyChain(api.platform, scope)).toMatchObject({ isIntact: true, entries: 7 })
  })
})

function signed(secret: string, body: string): Record<string, string> {
  const at = new Date()
  const signature = new Webhook(secret).sign('msg_1', at, body)
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  }
}

function accepts(secret: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify('{}', headers)
    return true
  } catch {
    return false
  }
}
