import { sql, type Kysely } from 'kysely'
import type { Clock } from '../clock.ts'
import type { Schema } from '../db/schema.ts'

// Guesses at passwords are counted before they are tried, in a rolling hour, by what is guessed at. A guess that turns
// out right is taken back. The owner is never locked out by others: a browser that has signed in to the account before
// carries a signed cookie and is counted by itself, and passkeys and company sign-in are no guesses at all.

const hourMs = 3_600_000

export interface Bucket {
  readonly name: string
  /** Failed tries an hour. */
  readonly limit: number
}

export type Reservation =
  | { readonly ok: true; readonly takeBack: () => Promise<void> }
  | { readonly ok: false; readonly retryAfterSeconds: number }

export interface Guesses {
  /** Counts one try in each bucket, or none where one of them is full. */
  reserve(buckets: readonly Bucket[]): Promise<Reservation>
  tidy(): Promise<void>
}

/** Counts in the database, so that all processes of an installation count together. */
export function openGuesses(db: Kysely<Schema>, clock: Clock): Guesses {
  return {
    async reserve(buckets) {
      // A fraction makes the moment unique, so that taking back removes this try and no other.
      const at = clock.now() + Math.random() * 0.9
      const taken: Bucket[] = []
      const takeBack = async (): Promise<void> => {
        for (const bucket of taken) await remove(db, bucket, at)
      }
      for (const bucket of buckets) {
        if (await add(db, bucket, at)) {
          taken.push(bucket)
          continue
        }
        await takeBack()
        return { ok: false, retryAfterSeconds: await secondsUntilFree(db, bucket, at) }
      }
      return { ok: true, takeBack }
    },
    async tidy() {
      await sql`delete from auth.guesses where last_at < ${new Date(clock.now() - 2 * hourMs)}`.execute(db)
    },
  }
}

/** One statement, so that tries at the same moment cannot pass together. */
async function add(db: Kysely<Schema>, bucket: Bucket, at: number): Promise<boolean> {
  const since = at - hourMs
  const found = await sql`
    insert into auth.guesses as g (bucket, tries, last_at)
    values (${bucket.name}, array[${at}::double precision], ${new Date(at)})
    on conflict (bucket) do update set last_at = excluded.last_at,
      tries = array(select t from unnest(g.tries) as t where t > ${since}) || excluded.tries
    where (select count(*) from unnest(g.tries) as t where t > ${since}) < ${bucket.limit}
    returning 1`.execute(db)
  return found.rows.length === 1
}

async function remove(db: Kysely<Schema>, bucket: Bucket, at: number): Promise<void> {
  await sql`update auth.guesses set tries = array_remove(tries, ${at}::double precision)
    where bucket = ${bucket.name}`.execute(db)
}

async function secondsUntilFree(db: Kysely<Schema>, bucket: Bucket, at: number): Promise<number> {
  const found = await sql<{ oldest: number | null }>`
    select min(t) as oldest from auth.guesses, unnest(tries) as t
    where bucket = ${bucket.name} and t > ${at - hourMs}`.execute(db)
  const oldest = found.rows[0]?.oldest ?? at
  return Math.max(1, Math.ceil((oldest + hourMs - at) / 1000))
}
