import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { CaseDetail, CaseFilter, CaseRow } from '../../../../contract/cases.ts'
import { api } from '../../../api.ts'
import { useSession } from '../../../session.ts'
import { notifyDone, notifyError } from '../../../ui/notify.tsx'
import { type CaseChange, changePages } from '../list/case-pages.ts'
import { type CaseListData, deskListKey } from '../use-case-list.ts'
import { actionWords } from './words.ts'

export interface PlannedChange {
  readonly row: CaseRow
  /** How the case will look; shown at once. */
  readonly change: CaseChange
  readonly send: () => Promise<CaseRow>
  readonly said: string
  /** Left out where taking it back would not undo it, such as a hand-over that colleagues have seen. */
  readonly undo?: { readonly change: CaseChange; readonly send: () => Promise<CaseRow> }
}

/** Carries a change of one case out: shown at once, put right if the server refuses, with a way back. */
export function useCaseChange(): (plan: PlannedChange) => Promise<boolean> {
  const client = useQueryClient()
  const { membership } = useSession()
  const { memberId } = membership
  return useCallback(
    async (plan) => {
      const { undo, row } = plan
      const isDone = await attempt(client, memberId, plan)
      if (!isDone) return false
      const takeBack =
        undo === undefined
          ? undefined
          : () => {
              void attempt(client, memberId, { row, ...undo }).then((isBack) => {
                if (isBack) notifyDone(actionWords.said.undone)
              })
            }
      notifyDone(plan.said, takeBack)
      return true
    },
    [client, memberId],
  )
}

async function attempt(
  client: QueryClient,
  memberId: string,
  { row, change, send }: Pick<PlannedChange, 'row' | 'change' | 'send'>,
): Promise<boolean> {
  showChange(client, memberId, { ids: [row.id], change })
  try {
    mergeIntoDetail(client, await send())
    return true
  } catch (error) {
    notifyError(error)
    return false
  } finally {
    askAgain(client, [row.id])
  }
}

/** Shows a change of some cases in every loaded list and in the open case. */
export function showChange(
  client: QueryClient,
  memberId: string,
  { ids, change }: { readonly ids: readonly string[]; readonly change: CaseChange },
): void {
  for (const query of client.getQueryCache().findAll({ queryKey: deskListKey })) {
    const filter = query.queryKey[2] as CaseFilter
    client.setQueryData<CaseListData>(query.queryKey, (data) =>
      data === undefined
        ? data
        : { ...data, pages: changePages(data.pages, { ids, change, view: filter.view, memberId }) },
    )
  }
  for (const id of ids) mergeIntoDetail(client, { id, ...change })
}

function mergeIntoDetail(client: QueryClient, part: Partial<CaseRow> & { readonly id: string }): void {
  const key = api.cases.get.queryKey({ input: { id: part.id } })
  client.setQueryData<CaseDetail>(key, (detail) => (detail === undefined ? detail : { ...detail, ...part }))
}

/** What the change touched is asked again: counts, the lists that are not deep, and the case with its events. */
export function askAgain(client: QueryClient, ids: readonly string[]): void {
  void client.invalidateQueries({ queryKey: api.cases.counts.key() })
  void client.invalidateQueries({
    queryKey: deskListKey,
    predicate: (query) => {
      const data = query.state.data as CaseListData | undefined
      return data === undefined || data.pages.length <= 2
    },
  })
  for (const id of ids) void client.invalidateQueries({ queryKey: api.cases.get.key({ input: { id } }) })
}
