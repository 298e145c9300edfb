import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../../api.ts'

const none: readonly string[] = []

/** Tags that cases of the workspace carry and that begin so, those of most cases first. */
export function useTagsInUse(beginning: string): readonly string[] {
  const q = beginning.trim()
  const { data } = useQuery(
    api.cases.tags.queryOptions({
      input: { q, limit: q === '' ? 50 : 12 },
      placeholderData: keepPreviousData,
      staleTime: 10_000,
    }),
  )
  return useMemo(() => data?.items.map(({ tag }) => tag) ?? none, [data])
}
