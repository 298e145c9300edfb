// Who takes a case. Out of the function's members on duty who can take one: whoever answered this person last, then
// who is here, then who has least to do, then who was given a case longest ago.

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly functions: readonly string[]
  /** Works here still, and may work on cases. */
  readonly isActive: boolean
  /** Not away. */
  readonly isAvailable: boolean
  /** Seen in the last minutes. */
  readonly isOnline: boolean
  /** New and open ones that are theirs. */
  readonly openCases: number
  /** When they were last given a case, in milliseconds; null for never. */
  readonly lastAssignedAt: number | null
}

export interface CaseToTake {
  readonly function: string
  /** What people call it. */
  readonly title: string
  /** Member who answered this person last, on any channel. */
  readonly lastAnsweredBy: string | null
  /** Nobody is given a case beyond this many open ones. */
  readonly mostOpenCases: number
}

export interface Pick {
  readonly memberId: string | null
  /** Why them, or why nobody; a few words. */
  readonly reason: string
}

export function pickAssignee(wanted: CaseToTake, colleagues: readonly Colleague[]): Pick {
  const inFunction = colleagues.filter((one) => one.isActive && one.functions.includes(wanted.function))
  if (inFunction.length === 0) return nobody(`nobody works in ${wanted.title}`)
  const onDuty = inFunction.filter((one) => one.isAvailable)
  if (onDuty.length === 0) return nobody(`everybody in ${wanted.title} is away`)
  const able = onDuty.filter((one) => one.openCases < wanted.mostOpenCases)
  if (able.length === 0) return nobody(`everybody on duty has ${wanted.mostOpenCases} open cases or more`)
  const [best] = able.toSorted((a, b) => compare(a, b, wanted))
  return best ? { memberId: best.id, reason: reasonFor(best, wanted, able) } : nobody('nobody is left')
}

function nobody(reason: string): Pick {
  return { memberId: null, reason }
}

function compare(a: Colleague, b: Colleague, wanted: CaseToTake): number {
  const ranks = [a, b].map((one) => [
    one.id === wanted.lastAnsweredBy ? 0 : 1,
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

/** What decided; the first rule that sets them apart from the others. */
function reasonFor(best: Colleague, wanted: CaseToTake, able: readonly Colleague[]): string {
  if (able.length === 1) return 'the only one on duty who can take it'
  if (best.id === wanted.lastAnsweredBy) return `answered this person last, of ${able.length} on duty`
  const here = able.filter((one) => one.isOnline)
  if (here.length === 1) return `the only one here now, of ${able.length} on duty`
  const among = here.length > 1 ? here : able
  const where = here.length > 1 ? 'here now' : 'on duty'
  if (among.every((one) => one === best || one.openCases > best.openCases)) {
    return `fewest open cases (${best.openCases}) among ${among.length} ${where}`
  }
  return `waited longest for a case among ${among.length} ${where}`
}
