// A backup is one file that `zstd -dc FILE | tar -t` can read too:
//
//   opening  a skippable frame of Zstandard (RFC 8878, 3.1.2) with the words "HORSESHOE BACKUP 1"
//   body     Zstandard frames of a tar: header.json, tables/SCHEMA.TABLE/NNNNNN.copy (text of COPY),
//            files/..., totals.json (rows, bytes and SHA-256 of each table and of the files)
//   closing  a skippable frame with the words "HORSESHOE END" and the SHA-256 of every byte before it

import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { BackupRefused } from './refusal.ts'

const skippableMagic = 0x184d2a5d
const openingWords = 'HORSESHOE BACKUP 1\n'
const anyOpeningWords = 'HORSESHOE BACKUP '
const closingWords = 'HORSESHOE END\n'
const digestSize = 32

export const opening = skippable(Buffer.from(openingWords))
const closingSize = 8 + closingWords.length + digestSize

/** Takes the SHA-256 of all bytes before. */
export function closing(digest: Uint8Array): Buffer {
  return skippable(Buffer.concat([Buffer.from(closingWords), digest]))
}

function skippable(content: Buffer): Buffer {
  const frame = Buffer.alloc(8)
  frame.writeUInt32LE(skippableMagic, 0)
  frame.writeUInt32LE(content.length, 4)
  return Buffer.concat([frame, content])
}

/** Where the compressed body lies in the file. */
export interface Body {
  readonly start: number
  /** First byte after the body. */
  readonly end: number
}

/** Reads the whole file and compares its checksum; throws BackupRefused when one bit of it is not as written. */
export async function verifyEnvelope(
  file: string,
  onRead: (done: number, total: number) => void,
): Promise<Body> {
  const handle = await open(file).catch((error: unknown) => {
    throw new BackupRefused(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    )
  })
  try {
    const { size } = await handle.stat()
    const end = size - closingSize
    const head = await readAt(handle, 0, Math.min(size, opening.length))
    refuseForeign(file, head)
    const tail = await readAt(handle, Math.max(0, end), Math.max(0, Math.min(size, closingSize)))
    const hash = createHash('sha256')
    if (end > opening.length) {
      let done = 0
      for await (const chunk of handle.createReadStream({
        start: 0,
        end: end - 1,
        autoClose: false,
        highWaterMark: 2 ** 20,
      })) {
        hash.update(chunk)
        onRead((done += chunk.length), end)
      }
    }
    refuseDamaged(file, tail, hash.digest())
    return { start: opening.length, end }
  } finally {
    await handle.close()
  }
}

function refuseForeign(file: string, head: Buffer): void {
  if (head.equals(opening)) return
  if (head.subarray(8).toString('latin1').startsWith(anyOpeningWords)) {
    throw new BackupRefused(
      `${file} was made by another version of Horseshoe, whose backups this one cannot read.`,
    )
  }
  throw new BackupRefused(
    `${file} is not a backup of Horseshoe, or its beginning is damaged. Nothing was changed.`,
  )
}

function refuseDamaged(file: string, tail: Buffer, digest: Uint8Array): void {
  if (tail.equals(closing(digest))) return
  const isWhole = tail.subarray(8).toString('latin1').startsWith(closingWords)
  throw new BackupRefused(
    isWhole
      ? `${file} is damaged: its checksum does not fit its content. Nothing was changed.`
      : `${file} is cut off or damaged: its end is missing. Nothing was changed.`,
  )
}

type Handle = Awaited<ReturnType<typeof open>>

async function readAt(handle: Handle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}
