import type { Job } from '../platform/jobs/jobs.ts'
import { z } from 'zod'
import { dropOldLags, markSilent } from '../platform/db/directory-connections.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { normaliseConnection } from './commands-normalise.ts'
import type { ConnectionParts } from './connection.ts'
import { ForgetFilesPayload, forgetFilesJob, NormalisePayload, normaliseJob } from './jobs-names.ts'

export function createNormaliseJob(parts: ConnectionParts): Job<NormalisePayload> {
  return {
    ...normaliseJob,
    payload: NormalisePayload,
    run: (payload) => normaliseConnection(parts, payload),
  }
}

export function createForgetFilesJob({ platform }: ConnectionParts): Job<ForgetFilesPayload> {
  return {
    ...forgetFilesJob,
    payload: ForgetFilesPayload,
    async run({ fileIds }) {
      for (const id of fileIds) await platform.files.remove(`attachments/${id}`)
    },
  }
}

const keepLagsMs = 7 * 86_400_000

/** Each minute: who was heard nothing of for longer than is usual on that channel. */
export function createWatchJob(parts: ConnectionParts): Job<object> {
  return {
    name: 'watch-connections',
    cron: '* * * * *',
    tries: 1,
    payload: z.object({}),
    run: () => watch(parts),
  }
}

async function watch({ platform, plugs, hooks }: ConnectionParts): Promise<void> {
  const now = platform.clock.now()
  for (const { manifest } of plugs) {
    const { silentAfterMs } = manifest.pace
    if (silentAfterMs === null || manifest.listens.length === 0) continue
    const asked = { channel: manifest.id, before: new Date(now - silentAfterMs), now: new Date(now) }
    for (const silent of await markSilent(platform.database, asked)) {
      const { workspaceId, connectionId, ownerId } = silent
      const text = `${silent.handle}: nothing was heard for longer than is usual.`
      await inScope(platform.database, systemScope(workspaceId), async (db) => {
        await tell(db, workspaceId, { topic: 'connection.changed', connectionIds: [connectionId] })
        if (ownerId !== null) await hooks.onTrouble(db, workspaceId, { connectionId, ownerId, text })
      })
    }
  }
  await dropOldLags(platform.database, new Date(now - keepLagsMs))
}
