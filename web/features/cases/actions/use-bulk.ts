import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { CaseRow } from '../../../../contract/cases.ts'
import { client } from '../../../api.ts'
import { useSession } from '../../../session.ts'
import { notifyDone, notifyError } from '../../../ui/notify.tsx'
import type { CaseChange } from '../list/case-pages.ts'
import { bulkWords } from '../list/words.ts'
import { offerUndo } from './undo.ts'
import { askAgain, showChange } from './show-change.ts'

export type BulkChange = Parameters<typeof client.cases.bulk>[0]['change']
export interface Refused {
  readonly id: string
  readonly number: number
  readonly name: string
  readonly reason: string
}

interface BulkRun {
  readonly rows: readonly CaseRow[]
  readonly change: BulkChange
  /** How those that are changed will look; null where that is not the same for all. */
  readonly shown: CaseChange | null
}

/** One change for many cases; what was refused is said for each. */
export function useBulk(onDone: () => void) {
  const queryClient = useQueryClient()
  const { membership } = useSession()
  const [refused, setRefused] = useState<readonly Refused[]>([])
  const mutation = useMutation({
    mutationFn: ({ rows, change }: BulkRun) => client.cases.bulk({ ids: rows.map((row) => row.id), change }),
    onSuccess: ({ results, undo }, { rows, shown }) => {
      const done = results.filter((result) => result.done).map((result) => result.id)
      if (shown !== null) showChange(queryClient, membership.memberId, { ids: done, change: shown })
      if (undo !== null) offerUndo(queryClient, undo, bulkWords.done(done.length))
      else if (done.length > 0) notifyDone(bulkWords.done(done.length))
      setRefused(
        results
          .filter((result) => !result.done)
          .map(({ id, reason }) => {
            const row = rows.find((candidate) => candidate.id === id)
            return { id, number: row?.number ?? 0, name: row?.person.name ?? '', reason: reason ?? '' }
          }),
      )
      onDone()
    },
    onError: notifyError,
    onSettled: (_data, _error, { rows }) =>
      askAgain(
        queryClient,
        rows.map((row) => row.id),
      ),
  })
  return { run: mutation.mutate, isRunning: mutation.isPending, refused, forgetRefused: () => setRefused([]) }
}
