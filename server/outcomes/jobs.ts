import { z } from 'zod'
import { inScope, systemScope, type Db } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { askFor, type Job } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { rollUpJob, rollUpName } from './roll-up-job.ts'
import {
  addDays,
  countBacklog,
  dropDays,
  dropMarks,
  lockRollUps,
  numberNewcomers,
  staleDays,
} from './store-roll-ups.ts'

type World = Pick<Platform, 'database' | 'clock'>

const RollUpPayload = z.object({ workspaceId: z.uuid() })
const daysTogether = 8
/** While so many arrivals wait, days would be stale again at once: the loop goes first. */
const backlog = 1_000
const laterMs = 5_000
/** A job gives way after this long, so that other workspaces get their turn. */
const turnMs = 20_000

/** The job that rolls up the days that changed. */
export function createRollUpJob(platform: World): Job<{ workspaceId: string }> {
  return { ...rollUpJob, payload: RollUpPayload, run: ({ workspaceId }) => rollUp(platform, workspaceId) }
}

async function rollUp({ database, clock }: World, workspaceId: string): Promise<void> {
  const scope = systemScope(workspaceId)
  const end = clock.now() + turnMs
  for (;;) {
    const isDone = await inScope(database, scope, async (db) => {
      const isBusy = (await countBacklog(db, workspaceId, backlog)) >= backlog
      const done = isBusy ? daysTogether : await rollUpSome(db, workspaceId)
      if (done < daysTogether) return true
      if (!isBusy && clock.now() < end) return false
      const runAt = new Date(clock.now() + (isBusy ? laterMs : 0))
      await askFor(db, rollUpJob, { workspaceId }, { ...rollUpName(workspaceId), runAt })
      return true
    })
    if (isDone) return
  }
}

/** Answers with the number of days that it rolled up. */
async function rollUpSome(db: Db, workspaceId: string): Promise<number> {
  const timeZone = await lockRollUps(db, workspaceId, newId())
  if (timeZone === null) return 0
  const stale = await staleDays(db, workspaceId, daysTogether)
  if (stale.length === 0) return 0
  const days = stale.map(({ day }) => day)
  await numberNewcomers(db, { workspaceId, timeZone, days })
  await dropDays(db, workspaceId, days)
  await addDays(db, { workspaceId, timeZone, days })
  await dropMarks(db, workspaceId, stale)
  return stale.length
}
