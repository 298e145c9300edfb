import { z } from 'zod'
import { Id } from './endpoint.ts'

/**
 * What the live stream says (`GET /live`, server-sent events, `id:` is the cursor). Events name what changed;
 * the page asks again for what it shows. A cursor too old to replay is answered by `reset`.
 */
export const LiveEvent = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('case.changed'), caseIds: z.array(Id), personIds: z.array(Id) }),
  z.object({
    topic: z.literal('engagement.arrived'),
    caseIds: z.array(Id),
    personIds: z.array(Id),
    count: z.number().int(),
  }),
  z.object({ topic: z.literal('engagement.changed'), caseIds: z.array(Id), engagementIds: z.array(Id) }),
  z.object({ topic: z.literal('person.changed'), personIds: z.array(Id) }),
  z.object({ topic: z.literal('case.viewed'), caseId: Id }),
  z.object({ topic: z.literal('case.read'), memberId: Id, caseIds: z.array(Id) }),
  z.object({ topic: z.literal('import.progressed'), importId: Id }),
  z.object({ topic: z.literal('notification.added'), memberIds: z.array(Id) }),
  z.object({ topic: z.literal('connection.changed'), connectionIds: z.array(Id) }),
  z.object({ topic: z.literal('workspace.changed') }),
  z.object({ topic: z.literal('reset') }),
])
export type LiveEvent = z.infer<typeof LiveEvent>
