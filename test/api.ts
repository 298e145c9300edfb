import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpenAPIHandler } from '@orpc/openapi/fetch'
import type { AnyRouter } from '@orpc/server'
import { sql } from 'kysely'
import type { AuthDoor } from '../server/platform/auth/authenticator.ts'
import { openAuth } from '../server/platform/auth/open-auth.ts'
import type { Clock } from '../server/platform/clock.ts'
import { openDatabase, type Database } from '../server/platform/db/database.ts'
import { openEgress } from '../server/platform/egress/egress.ts'
import { LiveHub } from '../server/platform/events/live-hub.ts'
import { openFiles } from '../server/platform/files/files.ts'
import type { Call } from '../server/platform/http/implement.ts'
import { openLog } from '../server/platform/log.ts'
import type { Platform } from '../server/platform/platform.ts'
import { openSecrets } from '../server/platform/secrets/sealed.ts'
import type { WorkspaceHooks } from '../server/workspace/index.ts'
import { createTestDatabase } from './database.ts'

/** Some routes of the API over a real database, called without a socket. */
export interface TestApi {
  readonly platform: Platform
  readonly auth: AuthDoor
  readonly database: Database
  /** Login of the application's role, for a process beside this one. */
  readonly appUrl: string
  /** Milliseconds that the clock of the server is ahead. */
  ahead(ms: number): void
  /** An account, signed in. */
  signUp(email: string, name?: string): Promise<Person>
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  /** Removes every workspace and account. */
  empty(): Promise<void>
  close(): Promise<void>
}

export interface Person {
  readonly userId: string
  readonly email: string
  readonly cookie: string
}

export interface CallOptions {
  /** Who calls: somebody signed in, or an API key. */
  readonly as?: Person | string | undefined
  readonly workspace?: string
  readonly body?: unknown
}

export interface Answer {
  readonly status: number
  // The tests look into answers of all shapes.
  // eslint-disable-next-line typescript/no-explicit-any
  readonly body: any
}

export const testPassword = 'vogelbeere unter glas'
const publicUrl = 'http://localhost:5911'

export async function openTestApi(routes: (platform: Platform) => AnyRouter): Promise<TestApi> {
  const made = await createTestDatabase()
  const database = openDatabase({ ...made, onError: () => undefined })
  const folder = await mkdtemp(join(tmpdir(), 'horseshoe-api-'))
  let aheadMs = 0
  const clock: Clock = { now: () => Date.now() + aheadMs }
  const log = openLog('silent')
  const secrets = openSecrets(Buffer.alloc(32, 3))
  const auth = openAuth({ database, secrets, config: { oidc: undefined }, publicUrl, clock, log })
  const platform: Platform = {
    clock,
    log,
    database,
    live: new LiveHub(database, made.ownerUrl, log),
    secrets,
    files: openFiles(folder),
    auth,
    egress: openEgress({ trusted: [] }),
    publicUrl,
    smtp: undefined,
    maxUploadBytes: 1_000_000,
  }
  const handler = new OpenAPIHandler(routes(platform))
  return {
    platform,
    auth,
    database,
    appUrl: made.appUrl,
    ahead: (ms) => {
      aheadMs = ms
      auth.forget()
    },
    signUp: (email, name) => signUp(auth, email, name),
    async call(method, path, options = {}) {
      const headers = headersFor(options)
      const body = options.body === undefined ? {} : { body: JSON.stringify(options.body) }
      const request = new Request(`${publicUrl}/api/v1${path}`, { method, headers, ...body })
      const context: Call = { headers, address: '203.0.113.1', auth }
      const { matched, response } = await handler.handle(request, {
        prefix: '/api/v1',
        context,
      })
      if (!matched) throw new Error(`no route ${method} ${path}`)
      return { status: response.status, body: await response.json().catch(() => null) }
    },
    async empty() {
      for (const table of ['public.workspaces', 'auth.user', 'auth.setup', 'auth.guesses']) {
        await sql`delete from ${sql.table(table)}`.execute(database.owner)
      }
      aheadMs = 0
      auth.forget()
    },
    async close() {
      await database.close()
      await made.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function headersFor({ as, workspace, body }: CallOptions): Headers {
  const headers = new Headers({ origin: publicUrl })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (workspace !== undefined) headers.set('horseshoe-workspace', workspace)
  if (typeof as === 'string') headers.set('authorization', `Bearer ${as}`)
  else if (as !== undefined) headers.set('cookie', as.cookie)
  return headers
}

async function signUp(auth: AuthDoor, email: string, name = 'Somebody'): Promise<Person> {
  const created = await auth.createUser({ name, email, password: testPassword })
  if (!created.ok) throw new Error(created.reason)
  return { userId: created.userId, email, cookie: await signIn(auth, email) }
}

/** Signs in and gives back the cookies, as a browser would send them. */
export async function signIn(
  auth: AuthDoor,
  email: string,
  password = testPassword,
  url = publicUrl,
): Promise<string> {
  const request = new Request(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  const response = await auth.handle(request, '')
  if (!response.ok) throw new Error(`sign-in: ${response.status}`)
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}

/** Hooks that do nothing, for tests of the workspace alone. */
export const noHooks: WorkspaceHooks = {
  onWorkspaceCreated: async () => {},
  functionsInUse: async () => [],
  loadSample: async () => 0,
}

/** How many rows each table of the product holds, and a hash over all of them: equal means nothing changed. */
export async function fingerprint(database: Database): Promise<Readonly<Record<string, string>>> {
  const tables = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' order by 1`.execute(database.owner)
  const marks: Record<string, string> = {}
  for (const { name } of tables.rows) {
    const found = await sql<{ mark: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as mark
      from ${sql.table(name)} t`.execute(database.owner)
    marks[name] = found.rows[0]?.mark ?? ''
  }
  return marks
}
