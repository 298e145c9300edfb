import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KeyScope, Permission, Role, roleAllows } from '../contract/policy.ts'
import { isProcedure } from '@orpc/server'
import type { Ingest } from '../server/engagements/index.ts'
import { router } from '../server/router.ts'
import { inScope, systemScope } from '../server/platform/db/scope.ts'
import { newId } from '../server/platform/ids.ts'
import { allEndpoints, type Endpoint } from './endpoints.ts'
import { noHooks, signIn, testPassword } from './api.ts'
import { startWholeServer, type WholeServer } from './whole-server.ts'

// Who may call what: every endpoint of the contract, called by everybody there is.

const endpoints = allEndpoints()
const callers = [
  'anonymous',
  ...Role.options,
  'key with all scopes',
  'key with one other scope',
  'revoked key',
  'member made inactive',
] as const
type Caller = (typeof callers)[number]

const days = ['1', '2', '3', '4', '5', '6', '7']
const usualHours = { weekly: Object.fromEntries(days.map((day) => [day, [[540, 1080]]])), holidays: [] }
/** Only the names of the routes are looked at. */
const unused: Ingest = {} as Ingest

let server: WholeServer
const headersOf = new Map<Caller, Headers>()
/** A key that lacks one scope, for each scope. */
const keyWithout = new Map<string, string>()

beforeAll(async () => {
  server = await startWholeServer({ HORSESHOE_ROLE: 'web' })
  const workspaceId = newId()
  await inScope(server.platform.database, systemScope(workspaceId), async (db) => {
    const at = new Date()
    const hours = JSON.stringify(usualHours)
    await db
      .insertInto('workspaces')
      .values({
        id: workspaceId,
        slug: 'acme',
        name: 'Acme',
        time_zone: 'UTC',
        hours,
        has_sample: true,
        created_at: at,
      })
      .execute()
    await db
      .insertInto('functions')
      .values({ workspace_id: workspaceId, key: 'service', title: 'Service', position: 0 })
      .execute()
  })
  for (const role of [...Role.options, 'inactive'] as const) {
    const email = `${role}@example.com`
    const user = await server.auth.createUser({ name: role, email, password: testPassword })
    if (!user.ok) throw new Error(user.reason)
    const member = {
      workspace_id: workspaceId,
      id: newId(),
      user_id: user.userId,
      name: role,
      email,
      created_at: new Date(),
    }
    await inScope(server.platform.database, systemScope(workspaceId), (db) =>
      db
        .insertInto('members')
        .values({ ...member, role: role === 'inactive' ? 'owner' : role, is_active: role !== 'inactive' })
        .execute(),
    )
    headersOf.set(
      role === 'inactive' ? 'member made inactive' : role,
      new Headers({ cookie: await signIn(server.auth, email, testPassword, server.url) }),
    )
  }
  headersOf.set('anonymous', new Headers())
  headersOf.set('key with all scopes', bearer(await makeKey(KeyScope.options)))
  headersOf.set('revoked key', bearer(`hs_${'r'.repeat(43)}`))
  for (const scope of KeyScope.options)
    keyWithout.set(scope, await makeKey(KeyScope.options.filter((other) => other !== scope)))
})
afterAll(() => server.close())

function bearer(key: string): Headers {
  return new Headers({ authorization: `Bearer ${key}` })
}

async function makeKey(scopes: readonly string[]): Promise<string> {
  const headers = new Headers(headersOf.get('owner'))
  headers.set('content-type', 'application/json')
  headers.set('origin', server.url)
  const made = await fetch(`${server.url}/api/v1/keys`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ name: 'k', scopes }),
  })
  return ((await made.json()) as { key: string }).key
}

/** An id that nobody has, and a body without anything: whoever gets past the policy is told so by other words. */
async function statusOf(endpoint: Endpoint, caller: Caller): Promise<number> {
  const path = endpoint.path.replaceAll(/\{\+?\w+\}/g, newId())
  const isOther = caller === 'key with one other scope'
  const headers = isOther
    ? bearer(keyWithout.get(String(endpoint.access)) ?? '')
    : new Headers(headersOf.get(caller))
  headers.set('origin', server.url)
  const body = endpoint.method === 'GET' || endpoint.method === 'DELETE' ? {} : { body: '{}' }
  if (body.body !== undefined) headers.set('content-type', 'application/json')
  const response = await fetch(`${server.url}/api/v1${path}`, { method: endpoint.method, headers, ...body })
  await response.arrayBuffer()
  return response.status
}

/** What the policy table says: 401, 403, or that the call goes through to its handler. */
function expected(endpoint: Endpoint, caller: Caller): 401 | 403 | 'through' {
  const { access } = endpoint
  if (access === 'public') return 'through'
  if (caller === 'anonymous' || caller === 'revoked key') return 401
  const isMember = Role.options.some((role) => role === caller)
  if (access === 'session') return isMember || caller === 'member made inactive' ? 'through' : 401
  if (caller === 'member made inactive') return 401
  const permission = Permission.parse(access)
  if (isMember) return roleAllows(Role.parse(caller), permission) ? 'through' : 403
  const isScope = KeyScope.safeParse(permission).success
  if (caller === 'key with one other scope') return isScope ? 403 : 401
  return isScope ? 'through' : 403
}

test('every endpoint says who may call it, and no two share an address', () => {
  for (const { name, access } of endpoints) {
    expect({ name, isKnown: ['public', 'session', ...Permission.options].includes(String(access)) }).toEqual({
      name,
      isKnown: true,
    })
  }
  const addresses = endpoints.map(({ method, path }) => `${method} ${path.replaceAll(/\{\+?\w+\}/g, '{}')}`)
  expect(new Set(addresses).size).toBe(addresses.length)
  expect(endpoints.length).toBeGreaterThan(60)
})

describe('who may call', () => {
  test.each(endpoints.map((endpoint) => [endpoint.name, endpoint] as const))(
    '%s',
    async (_name, endpoint) => {
      const found: Record<string, number | string> = {}
      const wanted: Record<string, number | string> = {}
      for (const caller of callers) {
        const status = await statusOf(endpoint, caller)
        expect(status, `${caller} is answered by a fault`).toBeLessThan(500)
        found[caller] = status === 401 || status === 403 ? status : 'through'
        wanted[caller] = expected(endpoint, caller)
      }
      expect(found).toEqual(wanted)
    },
  )

  test('every endpoint of the contract is served, and nothing else', () => {
    const routes = router({ platform: server.platform, ingest: unused, hooks: noHooks })
    expect(namesOf(routes).toSorted()).toEqual(endpoints.map(({ name }) => name).toSorted())
  })

  test('the live stream is for members and keys that may read', async () => {
    const expectations: [Caller, number][] = [
      ['anonymous', 401],
      ['revoked key', 401],
      ['member made inactive', 401],
      ['viewer', 200],
    ]
    for (const [caller, status] of expectations) {
      const stop = new AbortController()
      const response = await fetch(`${server.url}/api/v1/live`, {
        headers: headersOf.get(caller) ?? new Headers(),
        signal: stop.signal,
      })
      expect(response.status).toBe(status)
      stop.abort()
    }
  })

  test('a write from another site is refused, whoever’s cookie it carries', async () => {
    const headers = new Headers(headersOf.get('owner'))
    headers.set('origin', 'https://evil.example')
    headers.set('content-type', 'application/json')
    const response = await fetch(`${server.url}/api/v1/workspace`, {
      method: 'PATCH',
      headers,
      body: JSON.stringify({ name: 'Evil' }),
    })
    expect(response.status).toBe(403)
    const { rows } = await sql<{ name: string }>`select name from workspaces`.execute(
      server.platform.database.owner,
    )
    expect(rows).toEqual([{ name: 'Acme' }])
  })
})

function namesOf(node: unknown, place: readonly string[] = []): readonly string[] {
  if (isProcedure(node)) return [place.join('.')]
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, inner]) => namesOf(inner, [...place, key]))
}
