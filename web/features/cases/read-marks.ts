import type { QueryClient } from '@tanstack/react-query'
import { api, client } from '../../api.ts'
import { notifyError } from '../../ui/notify.tsx'
import { showChange } from './actions/show-change.ts'

export interface ReadMark {
  readonly ids: readonly string[]
  readonly isRead: boolean
  /** What arrived later stays unread. */
  readonly until?: string
}

/** Says what I have read, on every device of mine; shown at once. */
export async function markRead(queryClient: QueryClient, memberId: string, mark: ReadMark): Promise<void> {
  const { ids, isRead, until } = mark
  showChange(queryClient, memberId, { ids, change: { isUnread: !isRead } })
  try {
    await client.cases.markRead({ ids: [...ids], isRead, ...(until === undefined ? {} : { until }) })
    await queryClient.invalidateQueries({ queryKey: api.cases.counts.key() })
  } catch (error) {
    showChange(queryClient, memberId, { ids, change: { isUnread: isRead } })
    notifyError(error)
  }
}
