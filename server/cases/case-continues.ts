// To which case an inbound engagement belongs: one case per person and thread at a time.
import type { CaseStatus } from '../../contract/cases.ts'

export interface SpokenWords {
  readonly personId: string
  readonly threadId: string
  /** The network's time, in milliseconds. */
  readonly at: number
}

export interface EarlierCase {
  readonly id: string
  readonly personId: string
  readonly threadId: string
  readonly status: CaseStatus
  readonly openedAt: number
  readonly resolvedAt: number | null
}

/**
 * `continue`: an open case goes on. `reopen`: a resolved one is opened again. `file`: the words are older than
 * the resolving of their case, so they join it and change nothing. `open`: a new case.
 */
export type Continuation =
  | { readonly how: 'continue' | 'reopen' | 'file'; readonly caseId: string; readonly reason: string }
  | { readonly how: 'open'; readonly reason: string }

const DAY_MS = 86_400_000

/** `cases` in any order; those of other persons and threads do not count. `reopenDays`: 0 never reopens. */
export function continueCase(
  words: SpokenWords,
  cases: readonly EarlierCase[],
  reopenDays: number,
): Continuation {
  const own = cases
    .filter((item) => item.personId === words.personId && item.threadId === words.threadId)
    .sort((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? 1 : -1))
  const unresolved = own.find((item) => item.status !== 'resolved')
  if (unresolved) {
    return { how: 'continue', caseId: unresolved.id, reason: 'this person has an open case in this thread' }
  }
  const latest = own[0]
  if (!latest) return { how: 'open', reason: 'no case of this person in this thread' }
  const resolvedAt = latest.resolvedAt ?? latest.openedAt
  if (words.at <= resolvedAt) {
    return { how: 'file', caseId: latest.id, reason: 'said before the case was resolved; it arrived late' }
  }
  if (words.at - resolvedAt <= reopenDays * DAY_MS) {
    return { how: 'reopen', caseId: latest.id, reason: `resolved within the last ${reopenDays} days` }
  }
  return {
    how: 'open',
    reason: `the last case in this thread was resolved more than ${reopenDays} days before`,
  }
}
