import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Engagement } from '../../../contract/engagements.ts'
import { api, queryClient } from '../../api.ts'

const none: readonly Engagement[] = []

function threadOptions(id: string) {
  return api.cases.thread.infiniteOptions({
    input: (cursor: string | undefined) => ({ id, limit: 50, ...(cursor === undefined ? {} : { cursor }) }),
    queryKey: api.cases.thread.key({ type: 'infinite', input: { id } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  })
}

/** One case with clocks, hops, notes, events and decisions. */
export function useCase(id: string) {
  return useQuery(api.cases.get.queryOptions({ input: { id } }))
}

/** The engagements of a case, oldest first; older pages are asked for at the top. */
export function useThread(id: string) {
  const query = useInfiniteQuery(threadOptions(id))
  const pages = query.data?.pages
  const engagements = useMemo(() => pages?.toReversed().flatMap((page) => page.items) ?? none, [pages])
  return { query, engagements }
}

/** Asks for a case before it is opened, so that it stands there at once. */
export function prefetchCase(id: string): void {
  void queryClient.prefetchQuery(api.cases.get.queryOptions({ input: { id } }))
  void queryClient.prefetchInfiniteQuery(threadOptions(id))
}
