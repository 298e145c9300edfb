/** What of a person a merge changes; kept whole, so that undo restores the exact state. */
export interface PersonState {
  readonly id: string
  readonly name: string
  readonly lifecycle: string
  readonly preferredChannel: string | null
  readonly memory: string
  readonly memberships: readonly string[]
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
  readonly inbound: number
  readonly lastSentiment: string | null
}

/** How far each stage of life is; a merge keeps the farther one. */
const stages: readonly string[] = ['unknown', 'prospect', 'lapsed', 'customer', 'advocate']

/** The kept person after `other` was merged in: nothing that was known of either is lost. */
export function mergedPerson(kept: PersonState, other: PersonState): PersonState {
  const isOtherFarther = stages.indexOf(other.lifecycle) > stages.indexOf(kept.lifecycle)
  const memories = [kept.memory, other.memory].filter((memory) => memory !== '')
  return {
    id: kept.id,
    name: kept.name,
    lifecycle: isOtherFarther ? other.lifecycle : kept.lifecycle,
    preferredChannel: kept.preferredChannel ?? other.preferredChannel,
    memory: [...new Set(memories)].join('\n\n'),
    memberships: [...new Set([...kept.memberships, ...other.memberships])],
    firstSeenAt: kept.firstSeenAt < other.firstSeenAt ? kept.firstSeenAt : other.firstSeenAt,
    lastSeenAt: kept.lastSeenAt > other.lastSeenAt ? kept.lastSeenAt : other.lastSeenAt,
    inbound: kept.inbound + other.inbound,
    lastSentiment: kept.lastSeenAt >= other.lastSeenAt ? kept.lastSentiment : other.lastSentiment,
  }
}

/**
 * The kept person once a merge is undone. Fields that nobody touched since go back to what they were; what a member
 * wrote since stays, and so does what the person said since (counted by `saidSince`).
 */
export function unmergedPerson(
  before: PersonState,
  merged: PersonState,
  now: PersonState,
  saidSince: { readonly inbound: number; readonly lastAt: Date | null },
): PersonState {
  const back = <Key extends keyof PersonState>(key: Key): PersonState[Key] =>
    isSame(now[key], merged[key]) ? before[key] : now[key]
  return {
    id: before.id,
    name: back('name'),
    lifecycle: back('lifecycle'),
    preferredChannel: back('preferredChannel'),
    memory: back('memory'),
    memberships: back('memberships'),
    firstSeenAt: back('firstSeenAt'),
    lastSeenAt:
      saidSince.lastAt !== null && saidSince.lastAt > before.lastSeenAt
        ? saidSince.lastAt
        : before.lastSeenAt,
    inbound: before.inbound + saidSince.inbound,
    lastSentiment: back('lastSentiment'),
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
