import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openZip, type ZipArchive } from './zip.ts'

/** The only code that writes or reads strangers' bytes. Keys are ids of ours; names given by strangers never reach the disk. */
export interface Files {
  readonly folder: string
  /** Streams to disk; throws `FileTooLarge` past `maxBytes` and leaves nothing behind. Returns the size in bytes. */
  write(key: string, bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<number>
  read(key: string, startByte?: number): AsyncIterable<Uint8Array>
  size(key: string): Promise<number>
  /** Throws `RefusedArchive`. */
  openZip(key: string): Promise<ZipArchive>
  remove(key: string): Promise<void>
}

export class FileTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`The file is larger than ${Math.round(maxBytes / 1024 / 1024)} MB.`)
  }
}

const safeKey = /^[a-z]+\/[0-9a-f-]{36}(\/[0-9a-f-]{36})?$/

export function openFiles(folder: string): Files {
  function pathOf(key: string): string {
    if (!safeKey.test(key)) throw new Error('not a file key')
    return join(folder, ...key.split('/'))
  }
  return {
    folder,
    async write(key, bytes, maxBytes) {
      const path = pathOf(key)
      await mkdir(join(path, '..'), { recursive: true, mode: 0o700 })
      let size = 0
      async function* counted(): AsyncGenerator<Uint8Array> {
        for await (const chunk of bytes) {
          size += chunk.length
          if (size > maxBytes) throw new FileTooLarge(maxBytes)
          yield chunk
        }
      }
      try {
        await pipeline(Readable.from(counted()), createWriteStream(path, { mode: 0o600, flush: true }))
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
      return size
    },
    read: (key, startByte = 0) =>
      createReadStream(pathOf(key), { start: startByte, highWaterMark: 256 * 1024 }),
    size: async (key) => (await stat(pathOf(key))).size,
    openZip: (key) => openZip(pathOf(key)),
    remove: (key) => rm(pathOf(key), { force: true }),
  }
}
