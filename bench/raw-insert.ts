// The physical reference of everything that stores: multi-row INSERT of the same rows, nothing else done to them.
import pg from 'pg'
import type { EngagementInput } from '../contract/engagement.ts'
import { newId } from '../server/platform/ids.ts'

export interface RawInsert {
  readonly rows: number
  readonly perSecond: number
}

/** One connection, one statement and one commit for each `together` rows, into a table like `arrivals` with its keys. */
export async function rawInsert(
  ownerUrl: string,
  engagements: Iterable<EngagementInput>,
  together = 100,
): Promise<RawInsert> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('drop table if exists bench_rows')
    await client.query('create table bench_rows (like arrivals including all)')
    const batches = batchesOf([...engagements], together)
    const workspaceId = newId()
    const start = performance.now()
    for (const batch of batches) await insert(client, workspaceId, batch)
    const seconds = (performance.now() - start) / 1000
    const rows = batches.reduce((sum, batch) => sum + batch.length, 0)
    return { rows, perSecond: Math.round(rows / seconds) }
  } finally {
    await client.query('drop table if exists bench_rows')
    await client.end()
  }
}

async function insert(
  client: pg.Client,
  workspaceId: string,
  batch: readonly EngagementInput[],
): Promise<void> {
  const values: unknown[] = [workspaceId]
  const rows = batch.map((item) => {
    values.push(newId(), item.source, item.externalId, item.publishedAt, JSON.stringify(item))
    const at = values.length
    return `($1, $${at - 4}, $${at - 3}, $${at - 2}, 'api', now(), $${at - 1}, $${at})`
  })
  await client.query(
    `insert into bench_rows (workspace_id, id, source, activity_key, via, received_at, published_at, body)
      values ${rows.join(', ')}`,
    values,
  )
}

function batchesOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
