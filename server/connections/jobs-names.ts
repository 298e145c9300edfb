import { z } from 'zod'
import type { Db } from '../platform/db/scope.ts'
import { askFor, askOf, type Ask } from '../platform/jobs/jobs.ts'

export const NormalisePayload = z.object({ workspaceId: z.uuid(), connectionId: z.uuid() })
export type NormalisePayload = z.infer<typeof NormalisePayload>

/** Finds out what raw events of one connection mean. */
export const normaliseJob = { name: 'normalise', tries: 25 } as const

const Texts = z.record(z.string(), z.string())
export const ReceivePayload = z.object({
  workspaceId: z.uuid(),
  connectionId: z.uuid(),
  /** The push as it came, its body in base64. */
  request: z.object({ method: z.string(), query: Texts, headers: Texts, body: z.string() }),
  /** Looks that came to nothing. */
  tries: z.int(),
})
export type ReceivePayload = z.infer<typeof ReceivePayload>

/** Looks at a push for which the network must be asked. */
export const receiveJob = { name: 'receive-push', tries: 25 } as const

export const ForgetFilesPayload = z.object({ fileIds: z.array(z.uuid()) })
export type ForgetFilesPayload = z.infer<typeof ForgetFilesPayload>

/** Removes the bytes of attachments that are no longer in the list. */
export const forgetFilesJob = { name: 'forget-files', tries: 25 } as const

/** The same as a part of the statement that keeps them. */
export function normaliseAsk(workspaceId: string, connectionId: string): Ask {
  const name = `normalise:${connectionId}`
  return askOf(normaliseJob, { workspaceId, connectionId }, { queue: name, key: name })
}

/** Raw events of one connection are taken one after another: that is what keeps their order. */
export async function askToNormalise(
  db: Db,
  workspaceId: string,
  connectionId: string,
  runAt?: Date,
): Promise<void> {
  const name = `normalise:${connectionId}`
  // A job keeps the time it was first asked for, so what waits longer has a name of its own.
  const later = runAt === undefined ? {} : { key: `${name}:${Math.ceil(runAt.getTime() / 1_000)}`, runAt }
  await askFor(db, normaliseJob, { workspaceId, connectionId }, { queue: name, key: name, ...later })
}
