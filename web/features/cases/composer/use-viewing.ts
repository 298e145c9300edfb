import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { api, client } from '../../../api.ts'

/** The server holds a look for 30 seconds; it is renewed before it ends. */
const renewAfter = 20_000
/** Without a letter for this long nobody is answering any more. */
const answeringFor = 45_000

/** Says that I look at this case, and while I write, that I answer it. Answers the call for each letter. */
export function useViewing(caseId: string): () => void {
  const queryClient = useQueryClient()
  const answeringUntil = useRef(0)
  const wasAnswering = useRef(false)
  const tell = useCallback(
    async (isLeaving = false) => {
      const isAnswering = !isLeaving && Date.now() < answeringUntil.current
      wasAnswering.current = isAnswering
      try {
        const { viewers } = await client.cases.view({ id: caseId, isAnswering, isLeaving })
        if (isLeaving) return
        queryClient.setQueryData<CaseDetail>(api.cases.get.queryKey({ input: { id: caseId } }), (detail) =>
          detail === undefined ? detail : { ...detail, viewers },
        )
      } catch {
        // Who else looks is a courtesy: without it the case still works, and sending checks again.
      }
    },
    [caseId, queryClient],
  )
  useEffect(() => {
    answeringUntil.current = 0
    const first = setTimeout(() => void tell(), 400)
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void tell()
    }, renewAfter)
    const handleLeave = () => void tell(true)
    addEventListener('pagehide', handleLeave)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
      removeEventListener('pagehide', handleLeave)
      void tell(true)
    }
  }, [tell])
  return useCallback(() => {
    answeringUntil.current = Date.now() + answeringFor
    if (!wasAnswering.current) void tell()
  }, [tell])
}
