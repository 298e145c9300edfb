import type { Batch } from '../engagements/index.ts'
import { mergeCases } from './store-refresh.ts'
import { casesInThreads, type CaseState } from './store.ts'

/** Where two threads turned out to be one, a person's cases in them are one as well: the oldest is kept. */
export async function mergeMetCases(batch: Batch): Promise<void> {
  const met = [...new Set(batch.merges.map((merge) => merge.into))]
  if (met.length === 0) return
  const cases = await casesInThreads(batch.db, batch.workspaceId, met)
  const merges = planCaseMerges(cases)
  await mergeCases(batch.db, batch.workspaceId, merges)
  for (const { id } of cases) batch.changed.caseIds.add(id)
}

type Met = Pick<CaseState, 'id' | 'personId' | 'threadId' | 'openedAt'>

export function planCaseMerges(
  cases: readonly Met[],
): readonly { readonly from: string; readonly into: string }[] {
  const groups = Map.groupBy(cases, (item) => `${item.personId} ${item.threadId}`)
  return [...groups.values()].flatMap((group) => {
    const [kept, ...others] = group.toSorted(
      (a, b) => a.openedAt.getTime() - b.openedAt.getTime() || (a.id < b.id ? -1 : 1),
    )
    return kept === undefined ? [] : others.map((other) => ({ from: other.id, into: kept.id }))
  })
}
