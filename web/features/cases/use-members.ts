import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Member } from '../../../contract/workspace.ts'
import { api } from '../../api.ts'

const none: readonly Member[] = []

/** Members who work here now, those available first, then by name. */
export function useMembers(): readonly Member[] {
  const { data } = useQuery(api.members.list.queryOptions())
  return useMemo(() => {
    if (data === undefined) return none
    return data.items
      .filter((member) => member.isActive)
      .toSorted((a, b) => Number(b.isAvailable) - Number(a.isAvailable) || a.name.localeCompare(b.name))
  }, [data])
}
