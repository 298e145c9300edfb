import { activitystreams } from './activitystreams.ts'
import { csv } from './csv.ts'
import type { Format } from './format.ts'
import { mbox } from './mbox.ts'
import { ndjson } from './ndjson.ts'
import { twcs } from './twcs.ts'

/** Every way to import a file, in the order in which they are offered. */
export const formats: readonly Format[] = [csv, ndjson, mbox, activitystreams, twcs]

export function findFormat(id: string): Format | undefined {
  return formats.find((format) => format.id === id)
}
