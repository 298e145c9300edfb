import { pickAssignee, type Colleague } from './pick-assignee.ts'

export interface Waiting {
  readonly id: string
  readonly lastAnsweredBy: string | null
}

export interface GivenOut {
  readonly given: readonly { readonly caseId: string; readonly memberId: string; readonly reason: string }[]
  /** The team with what it has to do now. */
  readonly colleagues: readonly Colleague[]
  /** Why the rest was given to nobody; null where all found somebody. */
  readonly whyNobody: string | null
}

/** Gives the waiting cases of one function out, one after another, until nobody can take more. */
export function giveOut(
  cases: readonly Waiting[],
  team: readonly Colleague[],
  terms: {
    readonly function: string
    readonly title: string
    readonly mostOpenCases: number
    readonly now: number
  },
): GivenOut {
  const given: { caseId: string; memberId: string; reason: string }[] = []
  let colleagues = team
  for (const [turn, { id, lastAnsweredBy }] of cases.entries()) {
    const { memberId, reason } = pickAssignee({ ...terms, lastAnsweredBy }, colleagues)
    if (memberId === null) return { given, colleagues, whyNobody: reason }
    given.push({ caseId: id, memberId, reason })
    // A fraction keeps the order within one round.
    const lastAssignedAt = terms.now + turn / 1_000
    colleagues = colleagues.map((one) =>
      one.id === memberId ? { ...one, openCases: one.openCases + 1, lastAssignedAt } : one,
    )
  }
  return { given, colleagues, whyNobody: null }
}
