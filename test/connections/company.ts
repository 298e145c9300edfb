// A company that is connected to the test network, on a real database; its jobs run when the test says so.
import { notificationRoutes } from '../../server/cases/routes.ts'
import { connectionHooks } from '../../server/hooks.ts'
import { normaliseConnection } from '../../server/connections/commands-normalise.ts'
import type { ConnectionParts } from '../../server/connections/index.ts'
import { connectionRoutes } from '../../server/connections/routes.ts'
import { addFirstTree } from '../../server/decisions/commands.ts'
import { loopJobs } from '../../server/loop.ts'
import { auditRoutes, workspaceRoutes } from '../../server/workspace/routes.ts'
import { noHooks, openTestApi, type Answer, type Person, type TestApi } from '../api.ts'
import type { TestNetwork } from './test-network.ts'

export interface Company {
  readonly api: TestApi
  readonly parts: ConnectionParts
  readonly owner: Person
  readonly workspaceId: string
  /** Everything from the beginning, on the same database. */
  reset(): Promise<void>
  call(method: string, path: string, body?: unknown): Promise<Answer>
  /** Connects the account acme. */
  connect(more?: Readonly<Record<string, unknown>>): Promise<string>
  /** Reads what was kept, and takes it through the loop. */
  read(connectionId: string): Promise<void>
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

const functions = ['service', 'community', 'marketing', 'sales', 'pr', 'product']

export async function openCompany(network: TestNetwork): Promise<Company> {
  let made: ConnectionParts | undefined
  const api = await openTestApi((platform) => {
    made = {
      platform,
      plugs: [network.plug],
      settings: { smtp: undefined },
      hooks: connectionHooks,
      chance: () => 0,
    }
    return {
      workspace: workspaceRoutes(platform, {
        ...noHooks,
        onWorkspaceCreated: (db, scope) => addFirstTree(db, scope, functions, new Date()),
      }),
      audit: auditRoutes(platform),
      notifications: notificationRoutes(platform),
      connections: connectionRoutes(made),
    }
  })
  if (made === undefined) throw new Error('no routes were made')
  const parts = made
  let owner: Person | undefined
  let workspaceId = ''
  async function reset(): Promise<void> {
    const tables = await rows<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' and tablename <> 'migrations'`,
    )
    await rows(`truncate ${tables.map(({ name }) => name).join(', ')}`)
    await api.empty()
    network.reset()
    owner = await api.signUp('owner@acme.example', 'Olga')
    await api.call('POST', '/workspaces', { as: owner, body: { name: 'Acme', timeZone: 'UTC' } })
    workspaceId = (await api.call('GET', '/workspace', { as: owner })).body.id as string
  }
  async function rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await api.database.ownerPool.query(sql, [...values])).rows as Row[]
  }
  await reset()
  const digest = loopJobs(api.platform).find((job) => job.name === 'digest')
  async function call(method: string, path: string, body?: unknown): Promise<Answer> {
    return api.call(method, path, { as: owner, ...(body === undefined ? {} : { body }) })
  }
  return {
    api,
    parts,
    get owner() {
      if (owner === undefined) throw new Error('nobody signed up')
      return owner
    },
    get workspaceId() {
      return workspaceId
    },
    call,
    async connect(more = {}) {
      const body = { channel: 'testnet', config: { handle: 'acme' }, secrets: { token: 'good' }, ...more }
      const answer = await call('POST', '/connections', body)
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
      return answer.body.id as string
    },
    async read(connectionId) {
      await normaliseConnection(parts, { workspaceId, connectionId })
      await digest?.run({ workspaceId })
    },
    rows,
    reset,
    close: () => api.close(),
  }
}

/** Looks again until it is so; throws after ten seconds. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    if (await what()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('it did not happen within ten seconds')
}
