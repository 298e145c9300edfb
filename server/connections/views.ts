import { sql } from 'kysely'
import type { Connection, QuarantinedEvent } from '../../contract/connections.ts'
import type { Account } from '../../channels/channel.ts'
import type { Manifest } from '../../channels/manifest.ts'
import { decodeCursor, encodeCursor } from '../platform/db/cursor.ts'
import type { Db } from '../platform/db/scope.ts'
import { budgetLeft } from './budget-left.ts'
import type { Trouble } from './connection.ts'
import { stateOfConnection } from './state-of-connection.ts'

export interface InventoryFacts {
  readonly manifests: ReadonlyMap<string, Manifest>
  readonly now: Date
}

interface Row {
  readonly id: string
  readonly channel: string
  readonly presence: Connection['presence']
  readonly account: Account | null
  readonly owner: Connection['owner']
  readonly config: Record<string, string>
  readonly secret_names: readonly string[]
  readonly permissions: readonly string[]
  readonly is_paused: boolean
  readonly trouble: Trouble | null
  readonly detail: string
  readonly created_at: Date
  readonly checked_at: Date | null
  readonly last_event_at: Date | null
  readonly last_contact_at: Date | null
  readonly is_listening: boolean
  readonly listens: 'stream' | 'push' | 'poll' | null
  readonly subscribed_until: Date | null
  readonly budget_left: number | null
  readonly budget_at: Date | null
  readonly waits_until: Date | null
  readonly failures: number
  readonly silent_since: Date | null
  readonly backfill_state: Connection['backfill']['state']
  readonly backfill_received: number
  readonly backfill_detail: string
  readonly backfill_started_at: Date | null
  readonly backfill_ended_at: Date | null
  readonly waiting: number
  readonly quarantined: number
  readonly unknown: Connection['health']['unknown'] | null
  readonly samples: number
  readonly arrival: readonly [number, number] | null
  readonly shown: readonly [number, number] | null
}

/** All connections of a workspace with their health, or one; at most 500. Never a secret. */
export async function readConnections(
  db: Db,
  workspaceId: string,
  { manifests, now }: InventoryFacts,
  id?: string,
): Promise<Connection[]> {
  const one = id === undefined ? sql`` : sql`and c.id = ${id}`
  const found = await sql<Row>`
    select c.id, c.channel, c.account, c.config, c.secret_names, c.permissions, c.is_paused, c.trouble, c.detail,
      c.created_at, c.checked_at, r.last_event_at, r.last_contact_at, r.listens, r.subscribed_until, r.budget_left,
      r.budget_at, r.waits_until, r.failures, r.silent_since, r.backfill_state, r.backfill_received, r.backfill_detail,
      r.backfill_started_at, r.backfill_ended_at, coalesce(r.listener_until > now(), false) as is_listening,
      case when p.id is null then null
        else json_build_object('id', p.id, 'channel', p.channel, 'handle', p.handle, 'name', p.name) end as presence,
      case when m.id is null then null else json_build_object('id', m.id, 'name', m.name) end as owner,
      (select count(*)::int from raw_queue q where q.workspace_id = c.workspace_id and q.connection_id = c.id) as waiting,
      (select count(*)::int from raw_quarantine q
        where q.workspace_id = c.workspace_id and q.connection_id = c.id) as quarantined,
      (select json_agg(json_build_object('kind', u.kind, 'count', u.count, 'lastAt', u.last_at) order by u.count desc)
        from (select * from channel_unknowns u where u.workspace_id = c.workspace_id and u.connection_id = c.id
          order by u.count desc limit 50) u) as unknown,
      l.samples, l.arrival, l.shown
    from connections c
    join connection_runs r on r.workspace_id = c.workspace_id and r.connection_id = c.id
    left join presences p on p.workspace_id = c.workspace_id and p.id = c.presence_id
    left join members m on m.workspace_id = c.workspace_id and m.id = c.owner_id
    cross join lateral (
      select count(*)::int as samples, percentile_cont(array[0.5, 0.95]) within group (order by arrival_ms) as arrival,
        percentile_cont(array[0.5, 0.95]) within group (order by shown_ms) as shown
      from capture_lags l where l.workspace_id = c.workspace_id and l.connection_id = c.id
        and l.at > ${new Date(now.getTime() - 86_400_000)}) l
    where c.workspace_id = ${workspaceId} and c.disconnected_at is null ${one}
    order by c.created_at, c.id limit 500`.execute(db)
  return found.rows.map((row) => toConnection(row, manifests.get(row.channel) ?? null, now))
}

function toConnection(row: Row, manifest: Manifest | null, now: Date): Connection {
  const facts = { isPaused: row.is_paused, trouble: row.trouble, silentSince: row.silent_since }
  return {
    id: row.id,
    channel: row.channel,
    title: manifest?.title ?? row.channel,
    presence: row.presence,
    account: row.account,
    state: stateOfConnection(facts),
    detail: row.detail,
    owner: row.owner,
    config: row.config,
    secretsSet: [...row.secret_names],
    permissions: [...row.permissions],
    createdAt: row.created_at.toISOString(),
    checkedAt: row.checked_at?.toISOString() ?? null,
    health: healthOf(row, manifest, now),
    backfill: {
      state: row.backfill_state,
      received: row.backfill_received,
      detail: row.backfill_detail,
      startedAt: row.backfill_started_at?.toISOString() ?? null,
      endedAt: row.backfill_ended_at?.toISOString() ?? null,
    },
  }
}

function healthOf(row: Row, manifest: Manifest | null, now: Date): Connection['health'] {
  const budget = manifest?.budget ?? null
  return {
    lastEventAt: row.last_event_at?.toISOString() ?? null,
    lastContactAt: row.last_contact_at?.toISOString() ?? null,
    lag: { samples: row.samples, arrival: lagOf(row.arrival), shown: lagOf(row.shown) },
    listens: row.is_listening ? row.listens : null,
    leaseUntil: row.subscribed_until?.toISOString() ?? null,
    budget:
      budget === null
        ? null
        : {
            left: budgetLeft(budget, { left: row.budget_left, at: row.budget_at }, now),
            of: budget.calls,
            perMs: budget.perMs,
          },
    waitsUntil: row.waits_until !== null && row.waits_until > now ? row.waits_until.toISOString() : null,
    failures: row.failures,
    silentSince: row.silent_since?.toISOString() ?? null,
    silentAfterMs: manifest?.pace.silentAfterMs ?? null,
    waiting: row.waiting,
    quarantined: row.quarantined,
    unknown: (row.unknown ?? []).map((item) => ({ ...item, lastAt: new Date(item.lastAt).toISOString() })),
  }
}

function lagOf(pair: readonly [number, number] | null): { p50: number; p95: number } | null {
  return pair === null ? null : { p50: Math.round(pair[0]), p95: Math.round(pair[1]) }
}

const excerptBytes = 2_000

export async function quarantinePage(
  db: Db,
  workspaceId: string,
  asked: { readonly id: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: QuarantinedEvent[]; nextCursor: string | null }> {
  const after = decodeCursor(asked.cursor)
  const page = after === null ? sql`` : sql`and q.event_id < ${after.id}::uuid`
  const found = await sql<{
    id: string
    key: string
    at: Date | null
    received_at: Date
    quarantined_at: Date
    reason: string
    tries: number
    bytes: number
    excerpt: Buffer
  }>`
    select e.id, e.key, e.at, e.received_at, q.at as quarantined_at, q.reason, q.tries, length(e.body) as bytes,
      substring(e.body from 1 for ${excerptBytes}) as excerpt
    from raw_quarantine q join raw_events e on e.workspace_id = q.workspace_id and e.id = q.event_id
    where q.workspace_id = ${workspaceId} and q.connection_id = ${asked.id} ${page}
    order by q.event_id desc limit ${asked.limit + 1}`.execute(db)
  const rows = found.rows.slice(0, asked.limit)
  const last = found.rows.length > asked.limit ? rows.at(-1) : undefined
  return {
    items: rows.map((row) => ({
      id: row.id,
      key: row.key,
      at: row.at?.toISOString() ?? null,
      receivedAt: row.received_at.toISOString(),
      quarantinedAt: row.quarantined_at.toISOString(),
      reason: row.reason,
      tries: row.tries,
      bytes: row.bytes,
      excerpt: row.excerpt.toString('utf8'),
    })),
    nextCursor: last === undefined ? null : encodeCursor('0', last.id),
  }
}
