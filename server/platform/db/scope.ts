import { sql, type Kysely, type Transaction } from 'kysely'
import type { Database } from './database.ts'
import type { Schema } from './schema.ts'

/** Who acts. `id` is the member or key; null for the system itself. */
export interface Actor {
  readonly kind: 'member' | 'key' | 'person' | 'system'
  readonly id: string | null
  readonly name: string
}

/** In whose name, and in which workspace. Made at the edge, by sign-in, a key, a public link or a job. */
export interface Scope {
  readonly workspaceId: string
  readonly actor: Actor
  /** From where, where that is known: for the audit trail. */
  readonly from?: { readonly address: string; readonly device: string }
}

export type Db = Transaction<Schema>

/** Takes single statements: a transaction, or what makes each of them one by itself. */
export type Statements = Kysely<Schema>

/**
 * The only way to a query. One transaction that sees one workspace: queries carry `workspace_id` themselves, and
 * row-level security of the unprivileged login role holds where one forgets.
 */
export async function inScope<Result>(
  database: Database,
  scope: Scope,
  work: (db: Db) => Promise<Result>,
): Promise<Result> {
  return database.app.transaction().execute(async (db) => {
    await sql`select set_config('app.workspace', ${scope.workspaceId}, true)`.execute(db)
    return work(db)
  })
}

/**
 * One statement that is a transaction by itself: it saves the ways to the database that begin and end one. Only for
 * functions that set the workspace themselves; anything else sees no row.
 */
export function inStatement<Result>(
  database: Database,
  work: (db: Statements) => Promise<Result>,
): Promise<Result> {
  return work(database.app)
}

/** The scope of background work for a workspace. */
export function systemScope(workspaceId: string, name = 'Horseshoe'): Scope {
  return { workspaceId, actor: { kind: 'system', id: null, name } }
}
