import type { Ports } from '../ports.ts'
import { shortName } from './addresses.ts'
import type { Person } from './people.ts'

/** Who follows us, one record each. */
export interface Follower {
  readonly id: string
  readonly inbox: string
  readonly sharedInbox: string | null
}

export async function addFollower({ store }: Ports, { id, inbox, sharedInbox }: Person): Promise<void> {
  const follower: Follower = { id, inbox, sharedInbox }
  await store.set(`follower/${shortName(id)}`, JSON.stringify(follower))
}

export async function removeFollower({ store }: Ports, id: string): Promise<void> {
  await store.delete(`follower/${shortName(id)}`)
}

export async function isFollower({ store }: Ports, id: string): Promise<boolean> {
  return (await store.get(`follower/${shortName(id)}`)) !== null
}

export async function followersOf({ store }: Ports): Promise<readonly Follower[]> {
  const followers: Follower[] = []
  for (let after: string | undefined; ;) {
    const keys = await store.keys('follower/', after)
    const found = await Promise.all(keys.map((key) => store.get(key)))
    followers.push(...found.flatMap((text) => (text === null ? [] : [JSON.parse(text) as Follower])))
    if (keys.length < 1_000) return followers
    after = keys.at(-1)
  }
}

/** One inbox for all followers of a server that has a shared one. */
export function inboxesOf(followers: readonly Follower[]): readonly string[] {
  return [...new Set(followers.map(({ inbox, sharedInbox }) => sharedInbox ?? inbox))]
}

/** Who has blocked us hears nothing from us. */
export async function setBlocked({ store }: Ports, id: string, isBlocked: boolean): Promise<void> {
  if (isBlocked) await store.set(`blocked/${shortName(id)}`, id)
  else await store.delete(`blocked/${shortName(id)}`)
}

export async function hasBlockedUs({ store }: Ports, id: string): Promise<boolean> {
  return (await store.get(`blocked/${shortName(id)}`)) !== null
}
