import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Schema } from './schema.ts'

const int8 = 20
pg.types.setTypeParser(int8, Number)

export interface Database {
  /** Login role bound by row-level security; reached through `inScope` only. */
  readonly app: Kysely<Schema>
  /** Owner role: sign-in, directory look-ups and the job runner. */
  readonly owner: Kysely<Schema>
  readonly ownerPool: pg.Pool
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly appUrl: string
  readonly ownerUrl: string
  readonly onError: (error: Error) => void
  readonly appConnections?: number
}

/** Opens both pools. An idle client whose server stops must not end the process: errors go to `onError`. */
export function openDatabase(options: DatabaseOptions): Database {
  const appPool = openPool(options.appUrl, options.appConnections ?? 12, options.onError)
  const ownerPool = openPool(options.ownerUrl, 8, options.onError)
  const app = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: appPool }) })
  const owner = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: ownerPool }) })
  return {
    app,
    owner,
    ownerPool,
    async close() {
      await app.destroy()
      await owner.destroy()
    },
  }
}

function openPool(connectionString: string, max: number, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 60_000,
    application_name: 'horseshoe',
  })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  return pool
}
