import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { PersonRow } from '../../../contract/people.ts'
import { api } from '../../api.ts'

/** People by name, handle or address, newest first, page by page. */
export function usePeople(q: string | undefined) {
  const asked = q === undefined || q.trim() === '' ? {} : { q: q.trim() }
  const list = useInfiniteQuery(
    api.people.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        ...asked,
        limit: 60,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (last) => last.nextCursor ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const pages = list.data?.pages
  const rows = useMemo(() => distinct(pages?.flatMap((page) => page.items) ?? []), [pages])
  return { list, rows }
}

/** Who spoke while the pages were loaded may stand on two of them. */
function distinct(rows: readonly PersonRow[]): PersonRow[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}
