// ZIP archives that strangers made. The directory at the end is read first; nothing is unpacked to disk, and nothing that
// would grow out of all measure is unpacked at all. yauzl holds each file to the size that its entry declares.
import { openPromise, type Entry, type ZipFile } from 'yauzl'

export interface ZipEntry {
  readonly path: string
  /** Bytes when unpacked, as declared. */
  readonly size: number
}

export interface ZipArchive {
  readonly entries: readonly ZipEntry[]
  /** Throws `RefusedArchive`. */
  read(entry: ZipEntry): AsyncIterable<Uint8Array>
  close(): void
}

/** Its message is a sentence for a person. */
export class RefusedArchive extends Error {}

export interface ZipLimits {
  readonly entries: number
  /** Bytes of all files that are read, unpacked. */
  readonly bytes: number
  /** How many times larger than packed a file may be; chats pack to a tenth, and deflate makes at most 1,032. */
  readonly ratio: number
}

const limits: ZipLimits = { entries: 250_000, bytes: 20 * 1024 ** 3, ratio: 200 }
/** Below this size nothing is suspicious. */
const smallBytes = 1024 * 1024

export async function openZip(path: string, given: Partial<ZipLimits> = {}): Promise<ZipArchive> {
  const most = { ...limits, ...given }
  const zip = await openPromise(path, { autoClose: false }).catch(() => {
    throw new RefusedArchive('The ZIP archive is damaged or not complete.')
  })
  try {
    return await readDirectory(zip, most)
  } catch (error) {
    zip.close()
    throw error instanceof RefusedArchive
      ? error
      : new RefusedArchive('The directory of the ZIP archive is damaged.')
  }
}

async function readDirectory(zip: ZipFile, most: ZipLimits): Promise<ZipArchive> {
  if (zip.entryCount > most.entries)
    throw new RefusedArchive(`The ZIP archive has more than ${most.entries} files.`)
  const found = new Map<ZipEntry, Entry>()
  let packed = 0
  for await (const entry of zip.eachEntry()) {
    packed += entry.compressedSize
    if (!entry.fileName.endsWith('/'))
      found.set({ path: entry.fileName, size: entry.uncompressedSize }, entry)
  }
  // Entries that share their bytes are how a small archive becomes a large one.
  if (packed > zip.fileSize) throw new RefusedArchive('The files of the ZIP archive overlap.')
  let unpacked = 0
  return {
    entries: [...found.keys()],
    async *read(entry) {
      const inside = found.get(entry)
      if (inside === undefined) throw new RefusedArchive('The ZIP archive has no such file.')
      refuseEntry(inside, most)
      const stream = await zip.openReadStreamPromise(inside).catch(() => {
        throw new RefusedArchive('The file is encrypted or packed in a way that is not known.')
      })
      try {
        for await (const chunk of stream) {
          const bytes: Uint8Array = chunk
          unpacked += bytes.length
          if (unpacked > most.bytes) throw new RefusedArchive('The ZIP archive holds more than can be read.')
          yield bytes
        }
      } catch (error) {
        if (error instanceof RefusedArchive) throw error
        throw new RefusedArchive('The file is damaged inside the ZIP archive.')
      } finally {
        stream.destroy()
      }
    },
    close: () => zip.close(),
  }
}

function refuseEntry({ compressedSize, uncompressedSize }: Entry, most: ZipLimits): void {
  if (uncompressedSize > smallBytes && uncompressedSize > compressedSize * most.ratio) {
    throw new RefusedArchive(`The file grows to more than ${most.ratio} times its size when it is unpacked.`)
  }
}
