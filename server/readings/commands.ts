import type { z } from 'zod'
import type { engagements, StoredReading } from '../../contract/engagements.ts'
import { engagementById, followJob, readingsOf, setReading } from '../engagements/index.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { record } from '../workspace/index.ts'
import { addReadings } from './store.ts'

type CorrectInput = z.infer<(typeof engagements.correctReading)['~orpc']['inputSchema'] & z.ZodType>

/** Keeps a person's reading beside the model's, and puts it in force. */
export async function correctReading(
  platform: Platform,
  scope: Scope,
  input: CorrectInput,
): Promise<StoredReading> {
  const { workspaceId, actor } = scope
  return inScope(platform.database, scope, async (db) => {
    const found = await engagementById(db, workspaceId, input.id)
    const [before] = await readingsOf(db, workspaceId, input.id)
    if (found === null || before === undefined) throw refused('NOT_FOUND')
    const reading = {
      language: input.language ?? before.language,
      sentiment: input.sentiment,
      probability: 1,
      abstain: false,
      labels: [...new Set(input.labels)],
      reasons: [],
      version: 'person',
    }
    const at = new Date(platform.clock.now())
    const correction = {
      id: newId(),
      engagementId: input.id,
      engagementVersion: 1,
      reading,
      at,
      correctedByName: actor.name,
    }
    await addReadings(db, workspaceId, [
      { ...correction, ...(actor.id === null ? {} : { correctedBy: actor.id }) },
    ])
    await setReading(db, workspaceId, input.id, reading)
    await askFor(db, followJob, { workspaceId, engagementIds: [input.id] })
    const { sentiment, labels } = before
    await record(db, scope, {
      action: 'reading.corrected',
      subject: { type: 'engagement', id: input.id },
      before: { sentiment, labels },
      after: { sentiment: reading.sentiment, labels: reading.labels },
    })
    await tell(db, workspaceId, {
      topic: 'engagement.changed',
      caseIds: found.engagement.caseId === null ? [] : [found.engagement.caseId],
      engagementIds: [input.id],
    })
    return { ...reading, at: at.toISOString(), isCurrent: true, correctedBy: actor.name }
  })
}
