import { z } from 'zod'

export const CaseResolved = z.object({ workspaceId: z.uuid(), caseId: z.uuid() })
export type CaseResolved = z.infer<typeof CaseResolved>

/** Asked for in the transaction that resolves a case; what follows from it stands later in the loop. */
export const caseResolvedJob = { name: 'case-resolved', tries: 10, payload: CaseResolved } as const
