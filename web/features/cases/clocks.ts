import type { CaseDetail, Clock } from '../../../contract/cases.ts'

/**
 * A clock that still counts against a target: it runs, is paused, or its time is over while what it waits for has not come. An
 * answer clock that was missed and answered later is not the one that is due next any more.
 */
export function isCounting(clock: Clock, detail: Pick<CaseDetail, 'status' | 'dueAt'>): boolean {
  if (clock.state === 'paused') return true
  if (clock.dueAt === null) return false
  if (clock.state === 'running') return true
  if (clock.state === 'met' || detail.status === 'resolved') return false
  return clock.kind === 'resolution' || clock.dueAt === detail.dueAt
}
