import { z } from 'zod'

export const CaseResolved = z.object({ workspaceId: z.uuid(), caseId: z.uuid() })
export type CaseResolved = z.infer<typeof CaseResolved>

/** Asked for in the transaction that resolves a case or takes that back; what follows stands later in the loop. */
export const caseResolvedJob = { name: 'case-resolved', tries: 10, payload: CaseResolved } as const

export const AssignWaiting = z.object({ workspaceId: z.uuid().optional() })
export type AssignWaiting = z.infer<typeof AssignWaiting>

/** Finds who takes the cases that wait for somebody; in every workspace where none is named. */
export const assignJob = { name: 'assign-cases', tries: 5, payload: AssignWaiting } as const
