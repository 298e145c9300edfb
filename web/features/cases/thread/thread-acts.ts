import { createContext, useContext } from 'react'
import type { Engagement } from '../../../../contract/engagements.ts'
import type { OwnAct } from '../../../../contract/replies.ts'
import { useWays } from '../composer/use-ways.ts'

type ActsOfPresence = ReadonlyMap<string, readonly OwnAct[]>

/** What the networks of the open thread let our accounts do, by presence. */
export const ThreadActs = createContext<ActsOfPresence>(new Map())

export function useThreadActs(caseId: string): ActsOfPresence {
  const acts = useWays(caseId).data?.acts ?? []
  return new Map(acts.map((item) => [item.presenceId, item.acts]))
}

const left = new Set(['sent', 'delivered', 'read'])

/** What may be done with one engagement: signs on theirs, changes of ours that left. */
export function useActsOn(engagement: Engagement): readonly OwnAct[] {
  const acts = useContext(ThreadActs).get(engagement.presenceId ?? '') ?? []
  const { type, direction, deletedAt, delivery, change } = engagement
  if (deletedAt !== null || type === 'Follow') return []
  if (direction === 'in')
    return type === 'Create' ? acts.filter((act) => act === 'like' || act === 'share') : []
  const hasLeft = delivery === null || left.has(delivery.state)
  if (!hasLeft || change !== null) return []
  return acts.filter((act) => act === 'delete' || (act === 'edit' && type === 'Create'))
}
