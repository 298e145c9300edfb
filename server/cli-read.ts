import { once } from 'node:events'
import { readNdjson } from './readings/read-stream.ts'
import { loadReader } from './readings/read-text.ts'

/** Reads standard input to its end; lines that cannot be read are named on standard error and answered by exit code 1. */
export async function read(): Promise<void> {
  const result = await readNdjson(process.stdin, writeLine, {
    read: loadReader(),
    onError: (line, reason) => process.stderr.write(`line ${line}: ${reason}\n`),
  })
  if (result.refused > 0) process.exitCode = 1
}

async function writeLine(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
}
