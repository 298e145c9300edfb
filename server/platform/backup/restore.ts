import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { resolve } from 'node:path'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { ArchivePiece } from './archive-reader.ts'
import { readArchive } from './archive-reader.ts'
import {
  listForeignKeys,
  listMigrations,
  listSequences,
  listTables,
  quoted,
  quotedColumns,
} from './catalogue.ts'
import type { BackupSummary, Progress, Table, Tally } from './contents.ts'
import { Header, Totals, filesPrefix, headerPath, tableKey, tableOfPath, totalsPath } from './contents.ts'
import type { Body } from './envelope.ts'
import { verifyEnvelope } from './envelope.ts'
import { FileStage } from './file-stage.ts'
import { BackupRefused } from './refusal.ts'
import { inSession } from './session.ts'
import { RunningTally, isSameTally } from './tally.ts'

export interface RestoreOptions {
  /** Where the file store is put; must not exist or be empty. Needed when the backup holds files. */
  readonly filesDir?: string
  readonly onProgress?: (progress: Progress) => void
}

const lockWait = '15s'

/** Reads the whole file and gives its header; throws BackupRefused when it is foreign, cut off or damaged. */
export async function verifyBackup(file: string, onProgress?: RestoreOptions['onProgress']): Promise<Header> {
  const body = await verifyEnvelope(file, (done, total) =>
    onProgress?.({ step: 'verify', what: file, done, total }),
  )
  return readHeader(file, body)
}

/**
 * Fills an empty, migrated database. The file is verified before the database is touched, and
 * everything happens in one transaction: it is all there afterwards, or nothing is.
 */
export async function restoreFrom(
  ownerUrl: string,
  file: string,
  options: RestoreOptions = {},
): Promise<BackupSummary> {
  const source = resolve(file)
  const progress = options.onProgress
  const body = await verifyEnvelope(source, (done, total) =>
    progress?.({ step: 'verify', what: file, done, total }),
  )
  const header = await readHeader(source, body)
  const stage = await FileStage.open(header.hasFiles, options.filesDir)
  try {
    return await inSession(ownerUrl, async (client) => {
      await client.query('begin')
      await client.query(`set local lock_timeout = '${lockWait}'`)
      await refuseUnlessFit(client, header)
      const totals = await withoutForeignKeys(client, () =>
        fill(client, { source, body, header, stage, progress }),
      )
      await resetSequences(client)
      await stage.publish()
      await client.query('commit')
      stage.keep()
      await client.query('analyze')
      return { header, totals }
    })
  } finally {
    await stage.close()
  }
}

async function readHeader(file: string, body: Body): Promise<Header> {
  let text = ''
  for await (const piece of readArchive(file, body, () => undefined)) {
    if (piece.path !== headerPath) break
    text += piece.bytes.toString('utf8')
  }
  const parsed = Header.safeParse(parseJson(text))
  if (!parsed.success) throw new BackupRefused(`${file} has no readable header. Nothing was changed.`)
  return parsed.data
}

async function refuseUnlessFit(client: pg.Client, header: Header): Promise<void> {
  const here = await listMigrations(client)
  if (here.join() !== header.migrations.join()) {
    const last = (names: readonly string[]): string => names.at(-1) ?? 'none'
    throw new BackupRefused(
      `The backup was made at migration ${last(header.migrations)}, and this database stands at ${last(here)}. ` +
        'Restore it with the version of Horseshoe that made it, then upgrade. Nothing was changed.',
    )
  }
  const tables = await listTables(client)
  const shapeOf = (table: Table): string => JSON.stringify([tableKey(table), table.columns])
  const ours = tables.map(shapeOf).sort().join()
  if (ours !== header.tables.map(shapeOf).sort().join()) {
    throw new BackupRefused('The tables of the backup are not those of this database. Nothing was changed.')
  }
  for (const table of tables) {
    await client.query(`lock table ${quoted(table)} in access exclusive mode`)
    const found = await client.query(`select 1 from ${quoted(table)} limit 1`)
    if (found.rowCount === 0) continue
    throw new BackupRefused(
      `The database is not empty: ${tableKey(table)} has rows. A backup is restored only into a new database. Nothing was changed.`,
    )
  }
}

/** Checking all rows at once at the end is faster, and lets tables point at each other. */
async function withoutForeignKeys<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  const keys = await listForeignKeys(client)
  for (const key of keys) {
    await client.query(`alter table ${key.table} drop constraint ${pg.escapeIdentifier(key.name)}`)
  }
  const result = await work()
  for (const key of keys) {
    await client.query(
      `alter table ${key.table} add constraint ${pg.escapeIdentifier(key.name)} ${key.definition}`,
    )
  }
  return result
}

interface Filling {
  readonly source: string
  readonly body: Body
  readonly header: Header
  readonly stage: FileStage
  readonly progress: RestoreOptions['onProgress']
}

async function fill(client: pg.Client, { source, body, header, stage, progress }: Filling): Promise<Totals> {
  const tables = new Map(header.tables.map((table) => [tableKey(table), table]))
  const tallies = new Map([...tables.keys()].map((key) => [key, new RunningTally()]))
  let totals = ''
  let current: { readonly key: string; readonly copy: CopyIn } | undefined
  let done = 0
  for await (const piece of readArchive(source, body, (bytes) => (done = bytes))) {
    const key = tableOfPath(piece.path)
    if (current && current.key !== key) {
      await current.copy.end()
      current = undefined
    }
    const table = key === undefined ? undefined : tables.get(key)
    if (key !== undefined && table) {
      current ??= { key, copy: new CopyIn(client, table) }
      tallies.get(key)?.addRows(piece.bytes)
      await current.copy.write(piece.bytes)
    } else if (piece.path === totalsPath) totals += piece.bytes.toString('utf8')
    else await takeFile(piece, stage)
    progress?.({ step: key ? 'tables' : 'files', what: key ?? piece.path, done, total: body.end })
  }
  const found = new Map([...tallies].map(([key, tally]) => [key, tally.finish()]))
  return compare(Totals.safeParse(parseJson(totals)), found, stage.finish())
}

async function takeFile(piece: ArchivePiece, stage: FileStage): Promise<void> {
  if (piece.path === headerPath) return
  if (!piece.path.startsWith(filesPrefix))
    throw new BackupRefused(`The backup holds ${piece.path}, which does not belong there.`)
  await stage.take(piece.path.slice(filesPrefix.length), piece)
}

function compare(
  claimed: ReturnType<typeof Totals.safeParse>,
  tables: ReadonlyMap<string, Tally>,
  files: Tally,
): Totals {
  const isTrue =
    claimed.success &&
    isSameTally(claimed.data.files, files) &&
    [...tables].every(([key, tally]) => isSameTally(claimed.data.tables[key], tally))
  if (!isTrue)
    throw new BackupRefused(
      'What was read from the backup is not what was written to it. Nothing was changed.',
    )
  return claimed.data
}

async function resetSequences(client: pg.Client): Promise<void> {
  for (const use of await listSequences(client)) {
    const column = pg.escapeIdentifier(use.column)
    await client.query(
      `select pg_catalog.setval($1::regclass, coalesce(max(${column}), 1), max(${column}) is not null) from ${use.table}`,
      [use.sequence],
    )
  }
}

/** COPY into one table, fed piece by piece. */
class CopyIn {
  readonly #pipe = new PassThrough({ highWaterMark: 2 ** 20 })
  readonly #done: Promise<void>

  constructor(client: pg.Client, table: Table) {
    const target = client.query(copyFrom(`copy ${quoted(table)} (${quotedColumns(table)}) from stdin`))
    this.#done = pipeline(this.#pipe, target)
    this.#done.catch(() => undefined)
  }

  async write(bytes: Buffer): Promise<void> {
    if (this.#pipe.write(bytes)) return
    await Promise.race([once(this.#pipe, 'drain'), this.#done])
  }

  async end(): Promise<void> {
    this.#pipe.end()
    await this.#done
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
