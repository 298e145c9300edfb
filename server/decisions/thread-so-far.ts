/** What a decision may know of an engagement's thread, as it stood when the engagement was said. */
export interface Around {
  readonly depth: number
  readonly hasOurAnswer: boolean
  readonly authors: number
  /** It answers words of ours. */
  readonly isAnswerToUs: boolean
}

interface Member {
  readonly id: string
  readonly threadId: string
  readonly parentId: string | null
  readonly isOurs: boolean
  readonly isAutomatic: boolean
  readonly personId: string | null
  readonly at: Date
}

const deepest = 1_000

/** The threads of a batch, growing as its engagements pass. */
export class ThreadSoFar {
  readonly #byId = new Map<string, Member>()
  readonly #byThread = new Map<string, Member[]>()

  constructor(members: readonly Member[]) {
    for (const member of members) this.add(member)
  }

  add(member: Member): void {
    if (this.#byId.has(member.id)) return
    this.#byId.set(member.id, member)
    const line = this.#byThread.get(member.threadId) ?? []
    this.#byThread.set(member.threadId, line)
    line.push(member)
  }

  around(member: Member): Around {
    const earlier = (this.#byThread.get(member.threadId) ?? []).filter((other) => other.at <= member.at)
    const persons = new Set(earlier.flatMap((other) => other.personId ?? []))
    if (member.personId !== null) persons.add(member.personId)
    return {
      depth: this.#depthOf(member),
      hasOurAnswer: earlier.some((other) => other.isOurs && !other.isAutomatic),
      authors: persons.size,
      isAnswerToUs: member.parentId !== null && this.#byId.get(member.parentId)?.isOurs === true,
    }
  }

  #depthOf(member: Member): number {
    let depth = 0
    let parent = member.parentId
    while (parent !== null && depth < deepest) {
      const above = this.#byId.get(parent)
      if (above === undefined) return depth
      depth += 1
      parent = above.parentId
    }
    return depth
  }
}
