import type { Priority } from '../../contract/decision.ts'

/** The desk's order: 1 is the first to look at. */
export const priorities: readonly Priority[] = ['urgent', 'high', 'normal', 'low']

export function priorityRank(priority: Priority): number {
  return priorities.indexOf(priority) + 1
}
