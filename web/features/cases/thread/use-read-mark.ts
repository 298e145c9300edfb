import { useEffect, useState } from 'react'
import type { Engagement } from '../../../../contract/engagements.ts'
import { readUntil, rememberRead } from './read-until.ts'

/** A case that is open this long counts as read. */
const readAfter = 1200

/** Until when the case was read before it was opened now; what is shown now is remembered as read. */
export function useReadMark(
  workspace: string,
  caseId: string,
  engagements: readonly Engagement[],
): string | null {
  const [before] = useState(() => readUntil(workspace, caseId))
  const newest = engagements.reduce(
    (latest, { receivedAt }) =>
      Date.parse(receivedAt) > Date.parse(latest || '1970-01-01') ? receivedAt : latest,
    '',
  )
  useEffect(() => {
    if (newest === '') return
    const timer = setTimeout(() => {
      if (document.visibilityState === 'visible') rememberRead(workspace, caseId, newest)
    }, readAfter)
    return () => clearTimeout(timer)
  }, [workspace, caseId, newest])
  return before
}
