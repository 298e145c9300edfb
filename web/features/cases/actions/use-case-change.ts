import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { CaseRow } from '../../../../contract/cases.ts'
import { useSession } from '../../../session.ts'
import { notifyDone, notifyError } from '../../../ui/notify.tsx'
import type { CaseChange } from '../list/case-pages.ts'
import { askAgain, mergeIntoDetail, showChange } from './show-change.ts'
import { offerUndo } from './undo.ts'

export interface PlannedChange {
  readonly row: CaseRow
  /** How the case will look; shown at once. */
  readonly change: CaseChange
  readonly send: () => Promise<CaseRow & { readonly undo: string | null }>
  readonly said: string
}

/** Carries a change of one case out: shown at once, put right if the server refuses, with a way back. */
export function useCaseChange(): (plan: PlannedChange) => Promise<boolean> {
  const client = useQueryClient()
  const { membership } = useSession()
  const { memberId } = membership
  return useCallback(
    async (plan) => {
      const done = await attempt(client, memberId, plan)
      if (done === null) return false
      if (done.undo === null) notifyDone(plan.said)
      else offerUndo(client, done.undo, plan.said)
      return true
    },
    [client, memberId],
  )
}

async function attempt(
  client: QueryClient,
  memberId: string,
  { row, change, send }: Pick<PlannedChange, 'row' | 'change' | 'send'>,
): Promise<{ readonly undo: string | null } | null> {
  showChange(client, memberId, { ids: [row.id], change })
  try {
    const { undo, ...after } = await send()
    mergeIntoDetail(client, after)
    return { undo }
  } catch (error) {
    notifyError(error)
    return null
  } finally {
    askAgain(client, [row.id])
  }
}
