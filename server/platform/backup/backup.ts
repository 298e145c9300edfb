import type { FileHandle } from 'node:fs/promises'
import { open, readdir, stat } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { ArchiveWriter } from './archive-writer.ts'
import { listMigrations, listTables, quoted, quotedColumns, sizeOfTables } from './catalogue.ts'
import type { BackupSummary, Header, Progress, Table, Tally } from './contents.ts'
import { filesPrefix, headerPath, tableKey, tablePath, totalsPath } from './contents.ts'
import { whenCode } from '../postgres/refusal.ts'
import { BackupRefused } from './refusal.ts'
import { inSession } from './session.ts'
import { RunningTally } from './tally.ts'

export interface BackupOptions {
  /** The folder of the file store; left out when it does not exist. */
  readonly filesDir?: string
  readonly onProgress?: (progress: Progress) => void
  readonly now?: Date
}

const pieceSize = 4 * 2 ** 20
const newline = 10

/**
 * Writes everything into one file, as it stood at one moment, while the server goes on
 * writing. The file appears under its name only when it is complete and on the disk.
 */
export async function backupTo(
  ownerUrl: string,
  file: string,
  options: BackupOptions = {},
): Promise<BackupSummary> {
  const now = options.now ?? new Date()
  const target = resolve(file)
  return inSession(ownerUrl, async (client) => {
    const writer = new ArchiveWriter(target, now)
    try {
      const summary = await writeAll(client, writer, options, now)
      await writer.finish()
      return summary
    } catch (error) {
      await writer.abandon()
      throw asRefusal(error, target)
    }
  })
}

async function writeAll(
  client: pg.Client,
  writer: ArchiveWriter,
  options: BackupOptions,
  now: Date,
): Promise<BackupSummary> {
  await client.query('begin transaction isolation level repeatable read read only')
  const tables = await listTables(client)
  // As long as we hold these locks no migration changes a table between its listing and its copying.
  for (const table of tables) await client.query(`lock table ${quoted(table)} in access share mode`)
  const hasFiles = options.filesDir !== undefined && (await isFolder(options.filesDir))
  const header = await describe(client, tables, hasFiles, now)
  await writer.add(headerPath, asJson(header))
  const total = await sizeOfTables(client, tables)
  const tallies: Record<string, Tally> = {}
  let done = 0
  for (const table of tables) {
    const tally = await writeTable(client, writer, table, (bytes) =>
      options.onProgress?.({
        step: 'tables',
        what: tableKey(table),
        done: done + bytes,
        total: Math.max(total, done + bytes),
      }),
    )
    done += tally.bytes
    tallies[tableKey(table)] = tally
  }
  await client.query('commit')
  // A file belongs to a row that names it, so files that came after the snapshot only lie there unnamed.
  const files = await writeFiles(writer, hasFiles ? options.filesDir : undefined, options.onProgress)
  const totals = { tables: tallies, files }
  await writer.add(totalsPath, asJson(totals))
  return { header, totals }
}

async function describe(
  client: pg.Client,
  tables: readonly Table[],
  hasFiles: boolean,
  now: Date,
): Promise<Header> {
  const version = await client.query<{ server_version: string }>('show server_version')
  return {
    format: 1,
    madeAt: now.toISOString(),
    postgres: version.rows[0]?.server_version ?? '',
    migrations: [...(await listMigrations(client))],
    tables: [...tables],
    hasFiles,
  }
}

/** Pieces end with a row, so that each can be read by itself. */
async function writeTable(
  client: pg.Client,
  writer: ArchiveWriter,
  table: Table,
  onBytes: (bytes: number) => void,
): Promise<Tally> {
  const tally = new RunningTally()
  let waiting: Buffer[] = []
  let size = 0
  let number = 0
  const flush = async (piece: Buffer): Promise<void> => {
    if (piece.length === 0) return
    number += 1
    tally.addRows(piece)
    await writer.add(tablePath(table, number), piece)
    onBytes(tally.bytes)
  }
  const rows: AsyncIterable<Buffer> = client.query(
    copyTo(`copy (select ${quotedColumns(table)} from ${quoted(table)}) to stdout`),
  )
  for await (const chunk of rows) {
    waiting.push(chunk)
    size += chunk.length
    if (size < pieceSize) continue
    const all = Buffer.concat(waiting)
    const end = all.lastIndexOf(newline) + 1
    await flush(all.subarray(0, end))
    waiting = [all.subarray(end)]
    size = all.length - end
  }
  await flush(Buffer.concat(waiting))
  return tally.finish()
}

async function writeFiles(
  writer: ArchiveWriter,
  folder: string | undefined,
  onProgress: BackupOptions['onProgress'],
): Promise<Tally> {
  const tally = new RunningTally()
  if (folder === undefined) return tally.finish()
  for (const file of await listFiles(folder)) {
    // Retention may remove a file while we work.
    const handle = await open(file).catch(whenCode(['ENOENT'], undefined))
    if (!handle) continue
    try {
      await writeFile(writer, handle, relative(folder, file).split(sep).join('/'), tally)
    } finally {
      await handle.close()
    }
    onProgress?.({ step: 'files', what: folder, done: tally.bytes, total: tally.bytes })
  }
  return tally.finish()
}

/** An upload may still grow; no row of the snapshot names it, so what is there now is enough. */
async function writeFile(
  writer: ArchiveWriter,
  handle: FileHandle,
  path: string,
  tally: RunningTally,
): Promise<void> {
  const { size } = await handle.stat()
  tally.addFile(path, size)
  const content = size === 0 ? [] : handle.createReadStream({ start: 0, end: size - 1, autoClose: false })
  await writer.addStream(filesPrefix + path, size, tallied(content, tally))
}

async function* tallied(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  tally: RunningTally,
): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    tally.addBytes(chunk)
    yield chunk
  }
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}

function asJson(value: object): Buffer {
  return Buffer.from(`${JSON.stringify(value, undefined, 2)}\n`)
}

function asRefusal(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC') return new BackupRefused(`The disk is full; ${file} was not written.`)
  const isPathFault = code === 'ENOENT' || code === 'EACCES' || code === 'EROFS' || code === 'EISDIR'
  if (isPathFault && error instanceof Error)
    return new BackupRefused(`${file} cannot be written: ${error.message}`)
  return error
}
