import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress } from 'node:zlib'
import { closing, opening } from './envelope.ts'
import { blockSize, paddingOf, tarHeader } from './tar.ts'

/** Writes a backup beside its final name; only `finish` puts it there, when every byte is on the disk. */
export class ArchiveWriter {
  readonly #file: string
  readonly #draft: string
  readonly #seconds: number
  readonly #tar = new PassThrough({ highWaterMark: 2 ** 20 })
  readonly #written: Promise<void>

  constructor(file: string, now: Date) {
    this.#file = file
    this.#draft = `${file}.part`
    this.#seconds = Math.floor(now.getTime() / 1000)
    const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } })
    const disk = createWriteStream(this.#draft, { mode: 0o600, flush: true })
    this.#written = pipeline(this.#tar, compress, wrap, disk)
    this.#written.catch(() => undefined)
  }

  async add(path: string, content: Buffer): Promise<void> {
    await this.addStream(path, content.length, [content])
  }

  /** The content must have exactly the size that was said. */
  async addStream(
    path: string,
    size: number,
    content: AsyncIterable<Buffer> | Iterable<Buffer>,
  ): Promise<void> {
    await this.#write(tarHeader(path, size, this.#seconds))
    let left = size
    for await (const piece of content) {
      left -= piece.length
      if (left < 0) break
      await this.#write(piece)
    }
    if (left !== 0) throw new Error(`${path} changed its size while it was read`)
    await this.#write(Buffer.alloc(paddingOf(size)))
  }

  async finish(): Promise<void> {
    await this.#write(Buffer.alloc(2 * blockSize))
    this.#tar.end()
    await this.#written
    await rename(this.#draft, this.#file)
  }

  async abandon(): Promise<void> {
    this.#tar.destroy()
    await this.#written.catch(() => undefined)
    await rm(this.#draft, { force: true })
  }

  async #write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0 || this.#tar.write(bytes)) return
    // A full disk ends the pipeline, and no drain would ever come.
    await Promise.race([once(this.#tar, 'drain'), this.#written])
  }
}

async function* wrap(compressed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256').update(opening)
  yield opening
  for await (const chunk of compressed) {
    hash.update(chunk)
    yield chunk
  }
  yield closing(hash.digest())
}
