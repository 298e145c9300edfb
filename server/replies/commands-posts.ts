// Where nobody has spoken yet: our account speaks first. It begins a thread, and answers to it become cases.
import type { Visibility } from '../../contract/engagement.ts'
import type { GivenFile } from '../../contract/media.ts'
import type { OwnPost, PostPlace, Preview } from '../../contract/replies.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { refused } from '../platform/refused.ts'
import { record } from '../workspace/index.ts'
import { bindLeaving, leavingFiles } from './commands-files.ts'
import { mediaRulesOf } from './media-rules.ts'
import { said, type Said } from './commands-own.ts'
import type { WaysParts } from './commands-ways.ts'
import type { ReplyParts } from './commands.ts'
import { describePreview } from './describe-way.ts'
import { askToSend } from './jobs-names.ts'
import { openChannel, type Speaking } from './open-channel.ts'
import { nothingHeard } from './plan-answer.ts'
import { refuseTooLong } from './commands-refuse.ts'
import { addOwn } from './store-add-own.ts'
import { addOutbox, outboxByKey } from './store.ts'
import { postsOf, speakersOf } from './views-posts.ts'
import { accountOf, type PresenceAccount } from './views.ts'

/** To everybody, where a network lets us choose nothing else. */
const usual = ['public'] as const satisfies readonly Visibility[]

/** Our accounts whose networks let them speak first. */
export async function listPostPlaces(parts: WaysParts, scope: Scope): Promise<{ items: PostPlace[] }> {
  const { workspaceId } = scope
  const accounts = await inScope(parts.platform.database, scope, (db) => speakersOf(db, workspaceId))
  const items: PostPlace[] = []
  for (const account of accounts) {
    const speaking = await openChannel(parts, workspaceId, account)
    if (speaking === null || !canSpeakFirst(speaking)) continue
    const { manifest } = speaking.channel
    const { presenceId, channel, handle, name } = account
    items.push({
      presenceId,
      channel,
      handle,
      name,
      waits: speaking.waits,
      visibilities: levelsOf(speaking),
      text: { unit: manifest.text.unit, max: manifest.text.max },
      media: mediaRulesOf(speaking.channel),
    })
  }
  return { items }
}

function canSpeakFirst({ channel }: Speaking): boolean {
  return channel.manifest.capabilities.post.level !== 'none'
}

/** A word to one person is no post. */
function levelsOf({ channel }: Speaking): Visibility[] {
  const levels = (channel.manifest.visibilities ?? usual).filter((level) => level !== 'direct')
  return levels.length === 0 ? [...usual] : [...levels]
}

export async function previewPost(
  parts: WaysParts,
  scope: Scope,
  input: { readonly id: string; readonly text: string },
): Promise<Preview> {
  const account = await accountFor(parts, scope, input.id)
  const speaking = await openChannel(parts, scope.workspaceId, { presenceId: input.id, ...account })
  return describePreview(speaking, { channel: account.channel, manifests: parts.manifests ?? [] }, input.text)
}

async function accountFor(parts: WaysParts, scope: Scope, id: string): Promise<PresenceAccount> {
  const account = await inScope(parts.platform.database, scope, (db) => accountOf(db, scope.workspaceId, id))
  if (account === null) throw refused('NOT_FOUND')
  return account
}

export async function listPosts(
  parts: WaysParts,
  scope: Scope,
  input: { readonly id: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: OwnPost[]; nextCursor: string | null }> {
  await accountFor(parts, scope, input.id)
  return inScope(parts.platform.database, scope, (db) => postsOf(db, scope.workspaceId, input))
}

export interface PostInput {
  readonly id: string
  readonly text: string
  readonly media: readonly GivenFile[]
  readonly key: string
  readonly visibility: Visibility
}

/** Says something of our own through one account. The same key is the same post, however often it comes. */
export async function postOwn(parts: ReplyParts, scope: Scope, input: PostInput): Promise<Said> {
  const { workspaceId } = scope
  const { database, clock } = parts.platform
  const account = await accountFor(parts, scope, input.id)
  const speaking = requireSpeaking(
    await openChannel(parts, workspaceId, { presenceId: input.id, ...account }),
  )
  refuseTooLong(speaking, input.text)
  refuseByChannel(speaking, input, clock.now())
  return inScope(database, scope, async (db) => {
    const known = await outboxByKey(db, workspaceId, input.key)
    if (known !== null) return said(db, workspaceId, known.engagementId)
    return said(db, workspaceId, await queuePost(parts, db, scope, { account, speaking, input }))
  })
}

function requireSpeaking(speaking: Speaking | null): Speaking {
  if (speaking === null) {
    throw refused('CONFLICT', 'not-connected', 'This presence is not connected, so nothing can leave.')
  }
  if (canSpeakFirst(speaking)) return speaking
  throw refused('CONFLICT', 'cannot-act', 'Nothing can be said here to everybody.')
}

function refuseByChannel(speaking: Speaking, { visibility }: PostInput, now: number): void {
  if (!levelsOf(speaking).includes(visibility)) {
    throw refused('INVALID', 'unfit-visibility', 'This network cannot show a post to just these people.')
  }
  const nobody = { address: null, parentExternalId: null, earlierExternalIds: [], subject: null }
  const allowed = speaking.channel.canAct({ ...nobody, visibility, ...nothingHeard }, now, 'post')
  if (!allowed.can) throw refused('CONFLICT', 'cannot-act', `${allowed.reason}.`)
}

interface Posting {
  readonly account: PresenceAccount
  readonly speaking: Speaking
  readonly input: PostInput
}

async function queuePost(
  { platform }: ReplyParts,
  db: Db,
  scope: Scope,
  { account, speaking, input }: Posting,
): Promise<string> {
  const { workspaceId } = scope
  const { channel, connectionId, waits } = speaking
  const outboxId = newId()
  const now = platform.clock.now()
  const rules = mediaRulesOf(channel)
  const files = await leavingFiles(platform, db, scope, { given: input.media, rules })
  const { source, id: connector } = channel.manifest
  const own = await addOwn(db, scope, {
    type: 'Create',
    text: input.text,
    key: outboxId,
    now,
    visibility: input.visibility,
    account: { presenceId: input.id, channel: account.channel, presence: account.handle, source },
    channel,
    threadId: null,
    parent: null,
    media: files.map(({ reference }) => reference),
  })
  const engagementId = own.id
  const isNew = await addOutbox(db, workspaceId, {
    id: outboxId,
    key: input.key,
    purpose: 'post',
    caseId: null,
    engagementId,
    channel: account.channel,
    connector,
    connectionId,
    state: 'queued',
    detail: waits ?? '',
    files: files.length,
    at: new Date(now),
  })
  if (!isNew) throw refused('CONFLICT', 'key-used', 'This key was used for something else.')
  await bindLeaving(db, workspaceId, files, { outboxId, source, externalId: own.externalId })
  await askToSend(db, workspaceId, engagementId)
  const subject = { type: 'presence', id: input.id }
  await record(db, scope, { action: 'presence.posted', subject, after: { engagementId } })
  return engagementId
}
