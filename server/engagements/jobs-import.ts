import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { AcceptedItem } from '../../contract/engagement.ts'
import { inScope, systemScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { askFor, type Job } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { digestJob } from './digest-job.ts'
import { isRefused, type Format, type FormatItem } from './formats/format.ts'
import { findFormat } from './formats/formats.ts'
import { refuseFile } from './formats/refuse-file.ts'
import { resumeArchive, resumeRead } from './formats/resume-read.ts'
import { RefusedArchive } from '../platform/files/zip.ts'
import { acceptWithin, queueOf } from './ingest.ts'
import {
  addRefusals,
  countImportStep,
  lockImport,
  releaseImport,
  setImportState,
  type ImportPlace,
} from './store-imports.ts'

export const ImportPayload = z.object({ workspaceId: z.uuid(), importId: z.uuid() })
export type ImportPayload = z.infer<typeof ImportPayload>

export const importJob = { name: 'import', tries: 10, payload: ImportPayload } as const

/** `over`: another run of the same import was quicker, and there is nothing left to do. */
type Outcome = 'read' | 'cancelled' | 'failed' | 'over'
type World = Pick<Platform, 'database' | 'clock' | 'files' | 'log'>
const together = 1_000
/** Lines read between two moments at which others may go on. */
const atOnce = 50

/**
 * Reads an uploaded file to its end. Each step commits engagements, refusals and the place in the file together, so a
 * run that was killed goes on where the last commit stood. The loop takes the engagements up when the file is read.
 */
export function createImportJob(platform: World): Job<ImportPayload> {
  return { ...importJob, run: (payload) => runImport(platform, payload) }
}

async function runImport(platform: World, { workspaceId, importId }: ImportPayload): Promise<void> {
  const scope = systemScope(workspaceId)
  const place = await inScope(platform.database, scope, (db) => lockImport(db, workspaceId, importId))
  if (place === null || !isReadable(place.state)) return
  const outcome = await readAll(platform, scope, place)
  if (outcome === 'failed' || outcome === 'over') return
  await inScope(platform.database, scope, async (db) => {
    const current = await lockImport(db, workspaceId, importId)
    if (outcome === 'read' && (current === null || !isReadable(current.state))) return
    const released = await releaseImport(db, workspaceId, importId)
    const isCancelled = outcome === 'cancelled'
    const finishedAt = new Date(platform.clock.now())
    if (!isCancelled && released > 0) await setImportState(db, workspaceId, importId, { state: 'finishing' })
    else
      await setImportState(db, workspaceId, importId, {
        state: isCancelled ? 'cancelled' : 'done',
        finishedAt,
      })
    await askFor(db, digestJob, { workspaceId }, queueOf(workspaceId))
    await tell(db, workspaceId, { topic: 'import.progressed', importId })
  })
  await platform.files.remove(place.fileKey)
}

function isReadable(state: ImportPlace['state']): boolean {
  return state === 'waiting' || state === 'running'
}

/** Items of the file, or of the archive that it is; behind what earlier runs read. */
async function* itemsOf(platform: World, format: Format, place: ImportPlace): AsyncGenerator<FormatItem> {
  const { files, clock } = platform
  const options = {
    now: clock.now(),
    ownHandles: place.ownHandles,
    path: place.fileName,
    ...(place.bytesRead === 0 ? {} : { startByte: place.bytesRead, startLine: place.line }),
  }
  const open = (startByte: number) => files.read(place.fileKey, startByte)
  if (format.archive === undefined || !(await isZip(open(0)))) {
    yield* resumeRead(format, open, options)
    return
  }
  const zip = await files.openZip(place.fileKey).catch((error: unknown) => {
    if (error instanceof RefusedArchive) return error
    throw error
  })
  if (zip instanceof RefusedArchive) return yield refuseFile(zip.message, new Uint8Array(0))
  try {
    yield* resumeArchive(format, zip, options)
  } finally {
    zip.close()
  }
}

async function isZip(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  for await (const chunk of bytes) return chunk[0] === 0x50 && chunk[1] === 0x4b
  return false
}

async function readAll(platform: World, scope: Scope, place: ImportPlace): Promise<Outcome> {
  const format = findFormat(place.format)
  if (format === undefined) throw new Error(`no format ${place.format}`)
  const items = itemsOf(platform, format, place)
  let chunk: FormatItem[] = []
  let stored: Promise<Outcome> = Promise.resolve('read')
  try {
    for await (const item of items) {
      chunk.push(item)
      // While a chunk is stored, the next one is read: the statements of the one must not wait for all of the other.
      if (chunk.length % atOnce === 0) await nextTurn()
      if (chunk.length < together) continue
      const outcome = await stored
      if (outcome !== 'read') return outcome
      stored = commitChunk(platform, scope, place, chunk)
      stored.catch(() => undefined)
      chunk = []
    }
    const outcome = await stored
    return outcome === 'read' ? await commitChunk(platform, scope, place, chunk) : outcome
  } finally {
    await stored.catch(() => undefined)
  }
}

async function commitChunk(
  platform: World,
  scope: Scope,
  place: ImportPlace,
  chunk: readonly FormatItem[],
): Promise<Outcome> {
  const last = chunk.at(-1)
  if (last === undefined) return 'read'
  const { workspaceId } = scope
  return inScope(platform.database, scope, async (db) => {
    const current = await lockImport(db, workspaceId, place.id)
    if (current?.state === 'cancelled') return 'cancelled'
    if (current === null || !isReadable(current.state)) return 'over'
    const results = await acceptChunk(db, workspaceId, chunk, {
      importId: place.id,
      now: new Date(platform.clock.now()),
    })
    const refusals = chunk.filter(isRefused)
    await addRefusals(
      db,
      workspaceId,
      place.id,
      refusals.map(({ line, reason, excerpt }) => ({ line, reason, excerpt })),
    )
    const accepted = results.filter((result) => result.result === 'accepted').length
    await countImportStep(db, workspaceId, place.id, {
      bytesRead: last.byteEnd,
      line: last.nextLine,
      accepted,
      duplicates: results.length - accepted,
      refused: refusals.length,
      notices: chunk.flatMap((item) => (item.notices ?? []).map((notice) => notice.message)),
    })
    await tell(db, workspaceId, { topic: 'import.progressed', importId: place.id })
    const whole = refusals.find((refusal) => refusal.wholeFile === true)
    if (whole === undefined) return 'read'
    const finishedAt = new Date(platform.clock.now())
    await setImportState(db, workspaceId, place.id, { state: 'failed', error: whole.reason, finishedAt })
    return 'failed'
  })
}

async function acceptChunk(
  db: Db,
  workspaceId: string,
  chunk: readonly FormatItem[],
  { importId, now }: { readonly importId: string; readonly now: Date },
): Promise<readonly AcceptedItem[]> {
  const inputs = chunk.flatMap((item) => (isRefused(item) ? [] : [item.input]))
  return inputs.length === 0 ? [] : acceptWithin(db, workspaceId, inputs, { via: 'import', importId, now })
}
