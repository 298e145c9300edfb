import { createReadStream } from 'node:fs'
import { createZstdDecompress } from 'node:zlib'
import type { Body } from './envelope.ts'
import { blockSize, paddingOf, parseTarHeader } from './tar.ts'

/** A piece of an entry; an entry without content gives one empty piece. */
export interface ArchivePiece {
  readonly path: string
  readonly size: number
  readonly isFirst: boolean
  readonly bytes: Buffer
}

/** Gives every entry of the body in order, in pieces of bounded size. `onRead` hears compressed bytes. */
export async function* readArchive(
  file: string,
  body: Body,
  onRead: (done: number) => void,
): AsyncGenerator<ArchivePiece> {
  const source = createReadStream(file, { start: body.start, end: body.end - 1, highWaterMark: 2 ** 18 })
  const tar = createZstdDecompress()
  source.on('data', () => onRead(source.bytesRead))
  source.on('error', (error) => tar.destroy(error))
  source.pipe(tar)
  try {
    yield* readEntries(new ByteReader(tar))
  } finally {
    source.destroy()
    tar.destroy()
  }
}

async function* readEntries(reader: ByteReader): AsyncGenerator<ArchivePiece> {
  for (;;) {
    const header = parseTarHeader(await reader.take(blockSize))
    if (!header) return
    let isFirst = true
    for await (const bytes of reader.pieces(header.size)) {
      yield { ...header, isFirst, bytes }
      isFirst = false
    }
    if (isFirst) yield { ...header, isFirst, bytes: Buffer.alloc(0) }
    await reader.take(paddingOf(header.size))
  }
}

class ByteReader {
  readonly #source: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const piece of this.pieces(length)) parts.push(piece)
    return Buffer.concat(parts)
  }

  async *pieces(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (this.#rest.length === 0) this.#rest = await this.#next()
      const piece = this.#rest.subarray(0, left)
      this.#rest = this.#rest.subarray(piece.length)
      left -= piece.length
      yield piece
    }
  }

  async #next(): Promise<Buffer> {
    const next = await this.#source.next()
    if (next.done) throw new Error('the archive ends too early')
    return next.value
  }
}
