import { createHash } from 'node:crypto'
import type { Tally } from './contents.ts'

const newline = 10

/** Counts and hashes what passes. In the text of COPY every row ends with a newline and holds no other. */
export class RunningTally {
  rows = 0
  bytes = 0
  readonly #hash = createHash('sha256')

  addRows(bytes: Buffer): void {
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) this.rows += 1
    this.addBytes(bytes)
  }

  addFile(path: string, size: number): void {
    this.rows += 1
    this.#hash.update(`${path}\n${size}\n`)
  }

  addBytes(bytes: Buffer): void {
    this.bytes += bytes.length
    this.#hash.update(bytes)
  }

  finish(): Tally {
    return { rows: this.rows, bytes: this.bytes, sha256: this.#hash.digest('hex') }
  }
}

export function isSameTally(a: Tally | undefined, b: Tally | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.rows === b.rows && a.bytes === b.bytes && a.sha256 === b.sha256
  )
}
