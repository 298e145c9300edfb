/** The door of this room: a reader with the weights that ship. */
import { readShipped } from '../platform/files/shipped.ts'
import { createReader } from './create-reader.ts'
import type { Reader } from './create-reader.ts'
import { decodeWeights } from './weights-file.ts'

const SHIPPED = new URL('../../models/weights/reader.bin', import.meta.url)

/** Reads the shipped weights from disk, at once. */
export function loadReader(): Reader {
  return createReader(decodeWeights(readShipped(SHIPPED)))
}
