import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CaseFilter } from '../../../contract/cases.ts'
import type { LiveEvent } from '../../../contract/live.ts'
import { api } from '../../api.ts'
import { useLiveEvents } from '../../live.ts'
import { useSession } from '../../session.ts'
import { type CasePage, rowsOf } from './list/case-pages.ts'
import { useLatest } from './use-latest.ts'

/** Own key: the list decides itself how much of it an event makes it ask again. */
export const deskListKey = ['desk', 'cases'] as const
export type CaseListData = InfiniteData<CasePage, string | undefined>

const pageSize = 60
/** Pages that are asked again as a whole when something changed; beyond, the list says so and waits. */
const mostPagesToRefresh = 4
/** Events within this time are answered by one request. */
const gatherFor = 300

/** The cases of a filter, page by page, kept true by the live stream without moving what is read. */
export function useCaseList(filter: CaseFilter) {
  const client = useQueryClient()
  const key = useMemo(() => [...deskListKey, filter] as const, [filter])
  const list = useInfiniteQuery(
    api.cases.list.infiniteOptions({
      queryKey: key,
      input: (cursor: string | undefined) => ({
        ...filter,
        limit: pageSize,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const [behind, setBehind] = useState<typeof key | null>(null)
  const refresh = useCallback(() => {
    const data = client.getQueryData<CaseListData>(key)
    if (data !== undefined && data.pages.length > mostPagesToRefresh) return setBehind(key)
    void client.invalidateQueries({ queryKey: key })
  }, [client, key])
  useRefreshOnLive(refresh)

  const pages = list.data?.pages
  const rows = useMemo(() => rowsOf(pages ?? []), [pages])
  const startAgain = useCallback(() => {
    setBehind(null)
    client.setQueryData<CaseListData>(key, (data) => data && firstPageOf(data))
    void client.invalidateQueries({ queryKey: key })
  }, [client, key])
  return { list, rows, total: pages?.[0]?.total ?? null, isBehind: behind === key, startAgain }
}

function firstPageOf(data: CaseListData): CaseListData {
  return { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) }
}

function concernsList(event: LiveEvent, memberId: string): boolean {
  if (event.topic === 'case.read') return event.memberId === memberId
  return event.topic === 'case.changed' || event.topic === 'engagement.arrived' || event.topic === 'reset'
}

/** Gathers a burst of events into one refresh; the first of a burst does not wait longer than the others. */
function useRefreshOnLive(refresh: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const latest = useLatest(refresh)
  const { memberId } = useSession().membership
  const client = useQueryClient()
  const handleEvent = useCallback(
    (event: LiveEvent) => {
      if (!concernsList(event, memberId)) return
      if (event.topic === 'case.read') void client.invalidateQueries({ queryKey: api.cases.counts.key() })
      timer.current ??= setTimeout(() => {
        timer.current = undefined
        latest.current()
      }, gatherFor)
    },
    [latest, memberId, client],
  )
  useLiveEvents(handleEvent)
  useEffect(() => () => clearTimeout(timer.current), [])
}
