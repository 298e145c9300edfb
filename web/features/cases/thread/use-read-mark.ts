import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import type { Engagement } from '../../../../contract/engagements.ts'
import { useDesk } from '../desk-context.ts'
import { markRead } from '../read-marks.ts'
import { useLatest } from '../use-latest.ts'

/** A case that is open this long counts as read. */
const readAfter = 1200

/** Until when the case was read before it was opened now; what is shown now is noted as read. */
export function useReadMark(detail: CaseDetail, engagements: readonly Engagement[]): string | null {
  const client = useQueryClient()
  const { memberId } = useDesk()
  const [before] = useState(detail.readUntil)
  const isUnread = useLatest(detail.isUnread)
  const { id } = detail
  const newest = engagements.reduce(
    (latest, { receivedAt }) =>
      Date.parse(receivedAt) > Date.parse(latest || '1970-01-01') ? receivedAt : latest,
    '',
  )
  useEffect(() => {
    if (newest === '') return
    const timer = setTimeout(() => {
      if (document.visibilityState !== 'visible') return
      if (!isUnread.current && before !== null && Date.parse(before) >= Date.parse(newest)) return
      void markRead(client, memberId, { ids: [id], isRead: true, until: newest })
    }, readAfter)
    return () => clearTimeout(timer)
  }, [client, memberId, id, newest, before, isUnread])
  return before
}
