import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inScope, systemScope } from '../server/platform/db/scope.ts'
import { newId } from '../server/platform/ids.ts'
import { signIn, testPassword } from './api.ts'
import { allEndpoints, fillIn, type Endpoint } from './endpoints.ts'
import { startWholeServer, type WholeServer } from './whole-server.ts'

// Two companies in one installation. Ann of the first asks for everything of the second, by every endpoint and every id,
// while one of the two walls (queries that name the workspace, row-level security) is taken away.

const marker = 'zebrafinch'

interface Company {
  readonly workspaceId: string
  readonly slug: string
  readonly headers: Headers
}

let server: WholeServer
let ours: Company
let theirs: Company
/** Ids of the other company: of every table that has rows of it. */
let foreignIds: ReadonlyMap<string, string>
let theirState: Awaited<ReturnType<typeof stateOf>>

beforeAll(async () => {
  server = await startWholeServer({ HORSESHOE_ROLE: 'all' })
  ours = await makeCompany('ann@example.com', 'Ours', 'nothing special')
  theirs = await makeCompany('bob@example.com', 'Theirs', marker)
  foreignIds = await idsOf(theirs.workspaceId)
  await untilQuiet()
  theirState = await stateOf(theirs.workspaceId)
}, 120_000)
afterAll(() => server.close())

const owner = () => server.platform.database.owner

async function call(
  headers: Headers,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string }> {
  const all = new Headers(headers)
  all.set('origin', server.url)
  if (body !== undefined) all.set('content-type', 'application/json')
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: all,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, text: await response.text() }
}

async function make(
  headers: Headers,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const { status, text } = await call(headers, method, path, body)
  if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`)
  return JSON.parse(text) as Record<string, unknown>
}

/** A company with a bit of everything that the API can make. */
async function makeCompany(email: string, name: string, words: string): Promise<Company> {
  const user = await server.auth.createUser({ name, email, password: testPassword })
  if (!user.ok) throw new Error(user.reason)
  const headers = new Headers({ cookie: await signIn(server.auth, email, testPassword, server.url) })
  const { slug } = await make(headers, 'POST', '/workspaces', { name, timeZone: 'UTC' })
  const workspaceId = String((await make(headers, 'GET', '/workspace'))['id'])
  await make(headers, 'POST', '/keys', { name: words, scopes: ['workspace.read'] })
  await make(headers, 'POST', '/sources', { name: words })
  await make(headers, 'POST', '/invitations', { email: `new@${name}.example`, role: 'agent', functions: [] })
  const presence = { channel: 'mastodon', handle: name, name: words, function: 'service', purpose: words }
  await make(headers, 'POST', '/presences', presence)
  await hear(headers, words)
  await untilThereIsACase(workspaceId)
  const caseId = (await idsOf(workspaceId)).get('cases') ?? ''
  await make(headers, 'POST', `/cases/${caseId}/notes`, { text: words, mentions: [] })
  await addRowsBySql(workspaceId, words)
  return { workspaceId, slug: String(slug), headers }
}

async function untilThereIsACase(workspaceId: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if ((await idsOf(workspaceId)).has('cases')) return
    await sleep(100)
  }
  throw new Error('the workers made no case of what came in')
}

async function hear(headers: Headers, words: string): Promise<void> {
  const made = await make(headers, 'POST', '/keys', { name: 'in', scopes: ['engagements.ingest'] })
  const engagement = {
    type: 'Create',
    kind: 'Note',
    direction: 'in',
    source: 'test',
    channel: 'mastodon',
    externalId: `${words}-1`,
    author: { externalId: `${words}-person`, name: words, handle: words },
    text: `Where is my ${words} parcel? I have been waiting for two weeks!`,
    publishedAt: new Date().toISOString(),
  }
  const key = new Headers({ authorization: `Bearer ${String(made['key'])}` })
  await make(key, 'POST', '/engagements', { engagements: [engagement] })
}

/** What the API makes only in a longer way. */
async function addRowsBySql(workspaceId: string, words: string): Promise<void> {
  await sql`insert into imports (workspace_id, id, format, file_name, file_key, state, bytes, started_by_name, created_at)
    values (${workspaceId}, ${newId()}, 'csv', ${words}, 'k', 'done', 1, 'x', now())`.execute(owner())
  await sql`insert into merges (workspace_id, id, kept_id, merged_id, merged_name, why, moved, by_member, by_name, at)
    select workspace_id, ${newId()}::uuid, id, ${newId()}::uuid, 'x', 'x', '{}', ${newId()}::uuid, 'x', now()
    from persons where workspace_id = ${workspaceId} limit 1`.execute(owner())
  await addConnection(workspaceId, words)
}

/** A paused connection, of which something waits, something is set aside and a file is kept. */
async function addConnection(workspaceId: string, words: string): Promise<void> {
  const [id, event] = [newId(), newId()]
  await sql`insert into connections (workspace_id, id, channel, account, detail, is_paused, created_at)
    values (${workspaceId}, ${id}, 'mastodon', jsonb_build_object('id', ${words}::text, 'handle', ${words}::text, 'name', '',
      'url', null, 'avatarUrl', null), ${words}, true, now())`.execute(owner())
  await sql`insert into connection_runs (workspace_id, connection_id) values (${workspaceId}, ${id})`.execute(
    owner(),
  )
  await sql`insert into raw_events (workspace_id, id, connection_id, key, received_at, body)
    values (${workspaceId}, ${event}, ${id}, ${words}, now(), convert_to(${words}, 'UTF8'))`.execute(owner())
  await sql`insert into raw_quarantine (workspace_id, connection_id, event_id, reason, tries, at)
    values (${workspaceId}, ${id}, ${event}, ${words}, 5, now())`.execute(owner())
  await sql`insert into attachments (workspace_id, id, connection_id, event_id, source, external_id, name, media_type, bytes,
      created_at) values (${workspaceId}, ${newId()}, ${id}, ${event}, 'test', ${words}, ${words}, 'image/png', 1, now())`.execute(
    owner(),
  )
}

async function idsOf(workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>()
  for (const table of await tablesWith('id')) {
    if (table === 'workspaces') continue
    const found = await sql<{ id: string }>`select id::text as id from ${sql.table(table)}
      where workspace_id = ${workspaceId} order by id desc limit 1`.execute(owner())
    const id = found.rows[0]?.id
    if (id !== undefined) ids.set(table, id)
  }
  return ids
}

async function tablesWith(column: string): Promise<readonly string[]> {
  const found = await sql<{ name: string }>`
    select c.table_name as name from information_schema.columns c
    join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name = ${column} and c.udt_name = 'uuid'
    order by 1`.execute(owner())
  return found.rows.map(({ name }) => name)
}

/** A mark over all rows of a company for each table, so that any change shows; last use is left out. */
async function stateOf(workspaceId: string): Promise<Readonly<Record<string, string>>> {
  const parts = (await tablesWith('workspace_id')).map(
    (table) => sql<{ name: string; mark: string | null }>`
      select ${table}::text as name, md5(string_agg(row, '|' order by row)) as mark from (
        select (to_jsonb(t) - 'last_seen_at' - 'last_used_at')::text as row from ${sql.table(table)} t
        where workspace_id = ${workspaceId}) all_rows`,
  )
  const found = await sql<{
    name: string
    mark: string | null
  }>`${sql.join(parts, sql` union all `)}`.execute(owner())
  return Object.fromEntries(found.rows.map(({ name, mark }) => [name, mark ?? 'empty']))
}

/** Until the workers have nothing more to do, so that whatever changes from then on was changed by a call. */
async function untilQuiet(): Promise<void> {
  for (let quiet = 0; quiet < 5;) {
    const found = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs
      where attempts < max_attempts and run_at < now() + interval '1 minute'`.execute(owner())
    quiet = found.rows[0]?.n === 0 ? quiet + 1 : 0
    await sleep(100)
  }
}

async function setRowSecurity(isOn: boolean): Promise<void> {
  const verb = isOn ? 'enable' : 'disable'
  for (const table of [...(await tablesWith('workspace_id')), 'workspaces']) {
    await sql`alter table ${sql.table(table)} ${sql.raw(verb)} row level security`.execute(owner())
  }
}

const guarded = allEndpoints().filter(({ access }) => access !== 'public' && access !== 'session')
const withPathId = guarded.filter((endpoint) => fillIn(endpoint, newId()).idIn === 'path')
const withIdInside = guarded.filter((endpoint) => fillIn(endpoint, newId()).idIn === 'rest')
const reads = guarded.filter((endpoint) => endpoint.method === 'GET' && !withPathId.includes(endpoint))

test('the other company has something in every table that an endpoint names by id', () => {
  const needed = [
    'members',
    'invitations',
    'api_keys',
    'signed_sources',
    'presences',
    'connections',
    'raw_events',
    'attachments',
    'engagements',
    'persons',
    'cases',
    'imports',
    'merges',
    'notes',
    'audit',
  ]
  expect([...foreignIds.keys()]).toEqual(expect.arrayContaining(needed))
  expect(withPathId.length).toBeGreaterThan(20)
})

describe.each([
  ['with both walls', true],
  ['by queries alone', false],
])('%s', (_name, isOn) => {
  beforeAll(() => setRowSecurity(isOn))
  afterAll(() => setRowSecurity(true))

  test.each(withPathId.map((endpoint) => [endpoint.name, endpoint] as const))(
    '%s knows no id of another company, and changes nothing there',
    async (_endpoint, endpoint) => {
      const answers = [...foreignIds].map(async ([table, id]) => ({
        table,
        ...(await callFilled(endpoint, id, newId())),
      }))
      for (const { table, status, text } of await Promise.all(answers)) {
        expect({ table, status }).toEqual({ table, status: 404 })
        expect(text).not.toContain(marker)
      }
      expect(await stateOf(theirs.workspaceId)).toEqual(theirState)
    },
  )

  test.each(withIdInside.map((endpoint) => [endpoint.name, endpoint] as const))(
    '%s takes no id of another company for one of ours',
    async (_endpoint, endpoint) => {
      const answers = [...foreignIds.values()].map((id) => callFilled(endpoint, id))
      for (const { status, text } of await Promise.all(answers)) {
        expect(status).toBeLessThan(500)
        expect(text).not.toContain(marker)
      }
      expect(await stateOf(theirs.workspaceId)).toEqual(theirState)
      expect(await foreignReferences()).toEqual([])
    },
  )

  test.each(reads.map((endpoint) => [endpoint.name, endpoint] as const))(
    '%s shows nothing of another company',
    async (_endpoint, endpoint) => {
      const { text } = await callFilled(endpoint, newId())
      const { text: plain } = await call(ours.headers, 'GET', endpoint.path)
      const { text: searched } = await call(
        ours.headers,
        'GET',
        `${endpoint.path}?q=${marker}&search=${marker}`,
      )
      for (const answer of [text, plain]) expect(answer).not.toContain(marker)
      for (const answer of [text, plain, searched]) {
        for (const id of foreignIds.values()) expect(answer).not.toContain(id)
      }
    },
  )

  test('a workspace named in header, query or body changes nothing about whose data is seen', async () => {
    const headers = new Headers(ours.headers)
    headers.set('horseshoe-workspace', theirs.slug)
    expect((await call(headers, 'GET', '/workspace')).status).toBe(401)
    const body = {
      name: 'Stolen',
      workspace: theirs.slug,
      workspaceId: theirs.workspaceId,
      id: theirs.workspaceId,
    }
    await call(ours.headers, 'PATCH', `/workspace?workspaceId=${theirs.workspaceId}`, body)
    expect(await stateOf(theirs.workspaceId)).toEqual(theirState)
  })
})

/** `others` stands for ids beside the one in the path. */
function callFilled(endpoint: Endpoint, id: string, others = id): Promise<{ status: number; text: string }> {
  const { path, body } = fillIn(endpoint, id, others)
  return call(ours.headers, endpoint.method, path, body)
}

/** Columns of our rows that hold an id of theirs. */
async function foreignReferences(): Promise<readonly string[]> {
  const tables = (await tablesWith('workspace_id')).filter(
    (table) => table !== 'audit' && table !== 'live_events',
  )
  const parts = tables.map(
    (table) => sql<{ name: string; row: string }>`
      select ${table}::text as name, to_jsonb(t)::text as row from ${sql.table(table)} t
      where workspace_id = ${ours.workspaceId}`,
  )
  const found = await sql<{ name: string; row: string }>`${sql.join(parts, sql` union all `)}`.execute(
    owner(),
  )
  return [...foreignIds].flatMap(([owned, id]) =>
    found.rows.filter(({ row }) => row.includes(id)).map(({ name }) => `${name} names a row of ${owned}`),
  )
}

describe('by row-level security alone', () => {
  test('every table of the product has it, with a policy', async () => {
    const open = await sql<{ name: string }>`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'migrations'
      and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))`.execute(
      owner(),
    )
    expect(open.rows).toEqual([])
  })

  test('a query that forgets the workspace sees, changes and removes nothing of another one', async () => {
    const scope = systemScope(ours.workspaceId)
    const rollBack = new Error('roll back')
    for (const table of await tablesWith('workspace_id')) {
      await inScope(server.platform.database, scope, async (db) => {
        const seen = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}
          where workspace_id <> ${ours.workspaceId}`.execute(db)
        expect({ table, seen: seen.rows[0]?.n }).toEqual({ table, seen: 0 })
        if (table !== 'audit') {
          await sql`update ${sql.table(table)} set workspace_id = workspace_id`.execute(db)
          await sql`delete from ${sql.table(table)}`.execute(db)
        }
        throw rollBack
      }).catch((error: unknown) => {
        if (error !== rollBack) throw error
      })
    }
    expect(await stateOf(theirs.workspaceId)).toEqual(theirState)
  })

  test('a row cannot be written into another workspace, nor moved there', async () => {
    const scope = systemScope(ours.workspaceId)
    for (const table of await tablesWith('workspace_id')) {
      if (table === 'audit') continue
      const rows = await sql`select 1 from ${sql.table(table)}
        where workspace_id = ${ours.workspaceId} limit 1`.execute(owner())
      if (rows.rows.length === 0) continue
      const move = inScope(server.platform.database, scope, (db) =>
        sql`update ${sql.table(table)} set workspace_id = ${theirs.workspaceId}`.execute(db),
      )
      await expect(move).rejects.toThrow('row-level security')
    }
  })

  test('without a scope the application sees nothing, and sign-in never', async () => {
    const app = server.platform.database.app
    for (const table of [...(await tablesWith('workspace_id')), 'workspaces']) {
      const rows = await sql`select 1 from ${sql.table(table)}`.execute(app).then(
        ({ rows: all }) => all.length,
        () => 0,
      )
      expect({ table, rows }).toEqual({ table, rows: 0 })
    }
    await expect(sql`select 1 from auth."user"`.execute(app)).rejects.toThrow('permission denied')
    await expect(sql`set role postgres`.execute(app)).rejects.toThrow(/role/)
  })
})
