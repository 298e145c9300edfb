// What every reading of an activity has in common.
import type { EngagementInput } from '../../contract/engagement.ts'
import type { Addresses } from './addresses.ts'
import { textOf, type Json } from './json.ts'

export interface Actor {
  readonly id: string
  readonly handle: string
  readonly name: string
  readonly followers: string | null
}

/** All that a reading needs; `at` is when it came in. */
export interface Heard {
  readonly own: Addresses
  readonly activity: Json
  readonly actor: Actor
  readonly object: Json | null
  readonly at: number
}

/** What every engagement of this activity has. */
export function base({ actor, activity, own, at }: Heard, externalId: string): EngagementInput {
  const published = Date.parse(textOf(activity.published) ?? '')
  return {
    type: 'Create',
    kind: 'Note',
    source: 'fediverse',
    channel: 'fediverse',
    externalId,
    direction: 'in',
    author: {
      externalId: actor.id,
      handle: actor.handle.slice(0, 512),
      ...(actor.name === '' ? {} : { name: actor.name.slice(0, 512) }),
    },
    presence: own.handle,
    mentions: [],
    visibility: 'public',
    text: '',
    media: [],
    publishedAt: new Date(Number.isNaN(published) ? at : published).toISOString(),
    automatic: false,
  }
}
