import { sql } from 'kysely'
import pg from 'pg'
import { LiveEvent } from '../../../contract/live.ts'
import type { Database } from '../db/database.ts'
import { inScope, systemScope } from '../db/scope.ts'
import type { Log } from '../log.ts'
import { liveChannel } from './tell.ts'

export interface Told {
  readonly cursor: string
  readonly event: LiveEvent
}

type Listener = (told: readonly Told[]) => void

interface Room {
  readonly listeners: Map<Listener, string>
  isReading: boolean
  isStale: boolean
}

const batch = 500
const recheckMs = 40
const sweepMs = 2_000

/**
 * Hands events to open pages in commit order. An event is given out only when no older transaction still runs
 * (its xid lies below the snapshot's xmin), so a cursor never skips one that commits late.
 */
export class LiveHub {
  readonly #database: Database
  readonly #ownerUrl: string
  readonly #log: Log
  readonly #rooms = new Map<string, Room>()
  #client: pg.Client | undefined
  #sweep: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(database: Database, ownerUrl: string, log: Log) {
    this.#database = database
    this.#ownerUrl = ownerUrl
    this.#log = log
  }

  async open(): Promise<void> {
    this.#sweep = setInterval(() => this.#readAll(), sweepMs)
    await this.#listen()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#sweep)
    await this.#client?.end().catch(() => {})
  }

  /** Calls `listener` with all events behind `cursor`, then with each new one. Returns the way to stop. */
  subscribe(workspaceId: string, cursor: string, listener: Listener): () => void {
    const room = this.#rooms.get(workspaceId) ?? { listeners: new Map(), isReading: false, isStale: false }
    this.#rooms.set(workspaceId, room)
    room.listeners.set(listener, cursor)
    void this.#read(workspaceId)
    return () => {
      room.listeners.delete(listener)
      if (room.listeners.size === 0) this.#rooms.delete(workspaceId)
    }
  }

  /** The cursor of this moment: everything that commits from now on lies behind it. */
  async cursorNow(): Promise<string> {
    const found = await sql<{
      xmin: string
    }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(this.#database.app)
    return `${found.rows[0]?.xmin ?? '0'}.00000000-0000-0000-0000-000000000000`
  }

  async #listen(): Promise<void> {
    const client = new pg.Client({ connectionString: this.#ownerUrl, application_name: 'horseshoe live' })
    client.on('error', () => this.#listenAgain(client))
    client.on('end', () => this.#listenAgain(client))
    client.on('notification', (message) => void this.#read(message.payload ?? ''))
    this.#client = client
    try {
      await client.connect()
      await client.query(`listen ${liveChannel}`)
      this.#readAll()
    } catch {
      this.#listenAgain(client)
    }
  }

  /** A lost connection is opened again; the sweep covers what was said meanwhile. */
  #listenAgain(lost: pg.Client): void {
    if (this.#isClosed || this.#client !== lost) return
    this.#client = undefined
    void lost.end().catch(() => {})
    setTimeout(() => {
      if (!this.#isClosed) void this.#listen()
    }, 500)
  }

  #readAll(): void {
    for (const workspaceId of this.#rooms.keys()) void this.#read(workspaceId)
  }

  async #read(workspaceId: string): Promise<void> {
    const room = this.#rooms.get(workspaceId)
    if (room === undefined) return
    room.isStale = true
    if (room.isReading) return
    room.isReading = true
    try {
      while (room.isStale && room.listeners.size > 0) {
        room.isStale = false
        if (await this.#deliver(workspaceId, room)) setTimeout(() => void this.#read(workspaceId), recheckMs)
      }
    } catch (error) {
      this.#log.warn({ error }, 'live events could not be read')
    } finally {
      room.isReading = false
    }
  }

  /** True where events exist that must wait for an older transaction. */
  async #deliver(workspaceId: string, room: Room): Promise<boolean> {
    const oldest = [...room.listeners.values()].reduce((a, b) => (isBehind(b, a) ? b : a))
    const { told, mustWait } = await this.#since(workspaceId, oldest)
    for (const [listener, cursor] of room.listeners) {
      const fresh = told.filter((item) => isBehind(cursor, item.cursor))
      const last = fresh.at(-1)
      if (last === undefined) continue
      room.listeners.set(listener, last.cursor)
      listener(fresh)
    }
    if (told.length === batch) room.isStale = true
    return mustWait
  }

  async #since(workspaceId: string, cursor: string): Promise<{ told: readonly Told[]; mustWait: boolean }> {
    const { xid, id } = parseCursor(cursor)
    const rows = await inScope(this.#database, systemScope(workspaceId), async (db) => {
      const found = await sql<{ xid: string; id: string; event: unknown; ready: boolean }>`
        select xid::text, id, event, xid < pg_snapshot_xmin(pg_current_snapshot()) as ready from live_events
        where workspace_id = ${workspaceId} and (xid, id) > (${xid}::xid8, ${id}::uuid)
        order by xid, id limit ${batch}`.execute(db)
      return found.rows
    })
    const firstWaiting = rows.findIndex((row) => !row.ready)
    const ready = firstWaiting === -1 ? rows : rows.slice(0, firstWaiting)
    return {
      told: ready.map((row) => ({ cursor: `${row.xid}.${row.id}`, event: LiveEvent.parse(row.event) })),
      mustWait: firstWaiting !== -1,
    }
  }
}

function parseCursor(cursor: string): { readonly xid: string; readonly id: string } {
  const match = /^(\d{1,20})\.([0-9a-f-]{36})$/.exec(cursor)
  return { xid: match?.[1] ?? '0', id: match?.[2] ?? '00000000-0000-0000-0000-000000000000' }
}

/** True where `a` lies before `b`. */
function isBehind(a: string, b: string): boolean {
  const left = parseCursor(a)
  const right = parseCursor(b)
  if (left.xid !== right.xid) return BigInt(left.xid) < BigInt(right.xid)
  return left.id < right.id
}
