import type { Channel } from '../../channels/channel.ts'
import type { EngagementInput, MediaReference, Visibility } from '../../contract/engagement.ts'
import { addOwnAnswer } from '../engagements/index.ts'
import type { Db, Scope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { ownInput } from './plan-answer.ts'

export interface OwnSaying {
  readonly type: 'Create' | 'Like' | 'Announce'
  readonly text: string
  readonly key: string
  readonly now: number
  readonly visibility: Visibility
  readonly account: {
    readonly presenceId: string | null
    readonly presence: string | null
    readonly channel: string
    readonly source: string
  }
  readonly channel: Channel
  /** Null: it begins one. */
  readonly threadId: string | null
  readonly parent: { readonly id: string; readonly externalId: string } | null
  readonly media?: readonly MediaReference[]
}

/** Stores what our account says or does beside answers as an engagement of ours; it belongs to no case. */
export async function addOwn(
  db: Db,
  { workspaceId, actor }: Scope,
  saying: OwnSaying,
): Promise<{ readonly id: string; readonly externalId: string }> {
  const id = newId()
  const memberId = actor.kind === 'member' ? actor.id : null
  const { account, channel, parent, key, text, now, visibility, type } = saying
  const facts = { channel: account.channel, presence: account.presence, parent: null }
  const writer = { memberId, name: actor.name }
  const input: EngagementInput = {
    ...ownInput(facts, channel, { text, key, writer, now, visibility, media: saying.media ?? [] }),
    type,
    source: account.source,
    ...(parent === null ? {} : { parentExternalId: parent.externalId }),
  }
  await addOwnAnswer(db, workspaceId, {
    id,
    input,
    channel: account.channel,
    memberId,
    authorName: actor.name,
    presenceId: account.presenceId,
    threadId: saying.threadId ?? id,
    parentId: parent?.id ?? null,
    caseId: null,
    at: new Date(now),
  })
  return { id, externalId: input.externalId }
}
