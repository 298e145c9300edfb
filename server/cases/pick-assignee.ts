// Who takes a case. Out of the function's members who can take one now: whoever answered this person last,
// then who speaks the language, then who is here, then who has least to do, then who waited longest.

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly functions: readonly string[]
  readonly isActive: boolean
  /** Says of themselves that they take new cases. */
  readonly isAvailable: boolean
  /** Seen in the last minutes. */
  readonly isOnline: boolean
  readonly openCases: number
  /** ISO 639-1; empty says nothing. */
  readonly languages: readonly string[]
  /** When they were last given a case, in milliseconds; null for never. */
  readonly lastAssignedAt: number | null
}

export interface CaseToTake {
  readonly function: string
  /** ISO 639-1, or `und`. */
  readonly language: string
  /** Member who answered this person last, on any channel. */
  readonly lastAnsweredBy: string | null
  /** Nobody is given a case beyond this many open ones. */
  readonly mostOpenCases: number
}

export interface Pick {
  readonly memberId: string | null
  readonly reasons: readonly string[]
}

export function pickAssignee(wanted: CaseToTake, colleagues: readonly Colleague[]): Pick {
  const inFunction = colleagues.filter((one) => one.isActive && one.functions.includes(wanted.function))
  if (inFunction.length === 0) return nobody(`nobody works in ${wanted.function}`)
  const available = inFunction.filter((one) => one.isAvailable)
  if (available.length === 0) return nobody(`nobody in ${wanted.function} takes cases now`)
  const able = available.filter((one) => one.openCases < wanted.mostOpenCases)
  if (able.length === 0) return nobody(`everybody available has ${wanted.mostOpenCases} open cases or more`)
  const [best] = able.sort((a, b) => compare(a, b, wanted))
  return best
    ? { memberId: best.id, reasons: reasonsFor(best, wanted, able.length) }
    : nobody('nobody is left')
}

function nobody(reason: string): Pick {
  return { memberId: null, reasons: [reason] }
}

function compare(a: Colleague, b: Colleague, wanted: CaseToTake): number {
  const ranks = [a, b].map((one) => [
    one.id === wanted.lastAnsweredBy ? 0 : 1,
    speaks(one, wanted.language) ? 0 : 1,
    one.isOnline ? 0 : 1,
    one.openCases,
    one.lastAssignedAt ?? -Infinity,
  ])
  const [first = [], second = []] = ranks
  for (const [i, rank] of first.entries()) {
    const other = second[i] ?? 0
    if (rank !== other) return rank < other ? -1 : 1
  }
  return a.id < b.id ? -1 : 1
}

function speaks(one: Colleague, language: string): boolean {
  return language !== 'und' && one.languages.includes(language)
}

function reasonsFor(one: Colleague, wanted: CaseToTake, able: number): string[] {
  const reasons = [`works in ${wanted.function} and takes cases now`]
  if (one.id === wanted.lastAnsweredBy) reasons.push('answered this person last')
  if (speaks(one, wanted.language)) reasons.push(`speaks ${wanted.language}`)
  if (one.isOnline) reasons.push('is here now')
  reasons.push(able === 1 ? 'the only one who can' : `has ${one.openCases} open cases`)
  return reasons
}
