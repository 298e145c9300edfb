import { readFileSync } from 'node:fs'

/** Bytes that ship with the program, such as trained weights; read at once, at start. */
export function readShipped(file: URL): Uint8Array {
  return readFileSync(file)
}
