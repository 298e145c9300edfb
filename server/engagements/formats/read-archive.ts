// A network's archive as one stretch of bytes: the files that are read, one behind the other, each with one byte between,
// so that every record has a place of its own, and what was read before can be passed over when reading goes on.

import type { Format, FormatItem, FormatOptions, Owner } from './format.ts'
import { isRefused } from './format.ts'
import { refuseFile } from './refuse-file.ts'

export interface ArchiveEntry {
  readonly path: string
  /** Bytes when unpacked. */
  readonly size: number
}

export interface Archive {
  readonly entries: readonly ArchiveEntry[]
  /** Throws where it cannot be unpacked, or should not be. */
  readonly read: (entry: ArchiveEntry) => AsyncIterable<Uint8Array>
}

const GAP = 2

function chosen(format: Format, { entries }: Archive): readonly ArchiveEntry[] {
  return entries.filter(({ path }) => format.archive?.isRead(path) === true)
}

/** Reads every file of the archive that the format knows. A file that cannot be read costs itself only. */
export async function* readArchive(
  format: Format,
  archive: Archive,
  options: FormatOptions,
): AsyncGenerator<FormatItem> {
  const entries = chosen(format, archive)
  if (entries.length === 0) {
    const reason = `The archive has none of the files of ${format.title} that can be imported.`
    return yield refuseFile(reason, new Uint8Array(0))
  }
  const owner = await findOwner(format, archive)
  const known = owner === undefined ? options : { ...options, owner }
  let byte = 0
  let line = 0
  for (const entry of entries) {
    let lines = 1
    for await (const item of readEntry(format, archive, { entry, options: known })) {
      lines = Math.max(lines, item.nextLine)
      yield moved(item, { byte, line, entry })
    }
    byte += entry.size + GAP
    line += lines
  }
}

async function findOwner(format: Format, archive: Archive): Promise<Owner | undefined> {
  const owner = format.archive?.owner
  const entry = archive.entries.find(({ path }) => owner?.isIt(path))
  if (!owner || !entry) return undefined
  try {
    return await owner.find(archive.read(entry))
  } catch {
    return undefined
  }
}

interface Given {
  readonly entry: ArchiveEntry
  readonly options: FormatOptions
}

async function* readEntry(
  format: Format,
  archive: Archive,
  { entry, options }: Given,
): AsyncGenerator<FormatItem> {
  try {
    const path = options.path === undefined ? entry.path : `${options.path}/${entry.path}`
    const here = { ...options, path }
    const found = await format.survey?.(archive.read(entry), here)
    yield* format.read(archive.read(entry), { ...here, ...found })
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'It cannot be unpacked.'
    yield refuseFile(reason, new Uint8Array(0))
  }
}

interface Move {
  readonly byte: number
  readonly line: number
  readonly entry: ArchiveEntry
}

function moved(item: FormatItem, { byte, line, entry }: Move): FormatItem {
  const place = {
    line: line + item.line,
    nextLine: line + item.nextLine,
    byteStart: byte + item.byteStart,
    byteEnd: byte + item.byteEnd,
  }
  if (!isRefused(item)) return { ...item, ...place }
  const { wholeFile, ...refused } = item
  if (!wholeFile) return { ...refused, ...place, reason: `${entry.path}, line ${item.line}: ${item.reason}` }
  const end = byte + entry.size + 1
  return { ...refused, ...place, byteEnd: end, reason: `${entry.path}: ${item.reason}` }
}
