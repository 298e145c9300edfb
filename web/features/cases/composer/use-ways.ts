import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AnswerWay } from '../../../../contract/replies.ts'
import { api } from '../../../api.ts'

type Visibility = AnswerWay['visibilities'][number]

/** Whether and until when we may answer in a case, by which ways, and what else our accounts may do there. */
export function useWays(caseId: string) {
  return useQuery({ ...api.replies.ways.queryOptions({ input: { id: caseId } }), staleTime: 15_000 })
}

export interface ChosenWay {
  /** Undefined until it is known. */
  readonly way: AnswerWay | undefined
  readonly others: readonly AnswerWay[]
  readonly visibility: Visibility | undefined
  readonly onWay: (way: AnswerWay) => void
  readonly onVisibility: (visibility: Visibility) => void
}

/** The way by which the answer being written goes; the first until another one is chosen. */
export function useChosenWay(caseId: string): ChosenWay {
  const [wanted, setWanted] = useState<string | null>(null)
  const [level, setLevel] = useState<Visibility | undefined>(undefined)
  const ways = useWays(caseId).data?.ways ?? []
  const way = ways.find((item) => keyOf(item) === wanted) ?? ways[0]
  const visibility = way?.visibilities.find((item) => item === level) ?? way?.visibilities[0]
  return {
    way,
    others: ways.filter((item) => item !== way),
    visibility,
    onWay: (next) => setWanted(keyOf(next)),
    onVisibility: setLevel,
  }
}

export function keyOf({ way }: AnswerWay): string {
  return way === null ? 'here' : `${way.identityId} ${way.presenceId}`
}
