import type { QueryClient } from '@tanstack/react-query'
import type { CaseDetail, CaseFilter, CaseRow } from '../../../../contract/cases.ts'
import { api } from '../../../api.ts'
import { type CaseChange, changePages } from '../list/case-pages.ts'
import { type CaseListData, deskListKey } from '../use-case-list.ts'

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

export function mergeIntoDetail(client: QueryClient, part: Partial<CaseRow> & { readonly id: string }): void {
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
