// Members who are not here are asked by mail, so that anyone who knows the answer can give it without learning a tool.
import { randomBytes } from 'node:crypto'
import type { Command } from '../../channels/acting.ts'
import { roleAllows } from '../../contract/policy.ts'
import { workspacesWithUnread } from '../platform/db/directory-work.ts'
import { inScope, systemScope, type Scope } from '../platform/db/scope.ts'
import { newId } from '../platform/ids.ts'
import { hashToken } from '../platform/secrets/sealed.ts'
import type { OutboxParts } from './commands-prepare.ts'
import type { Speaking } from './open-channel.ts'
import { addAsk, endAsk } from './store-mail-asks.ts'
import { askingPresences, unheardOf, type Unheard } from './views-mail-asks.ts'
import { writeAsk } from './write-ask.ts'

/** Whoever looks within this time needs no mail. */
const patienceMs = 2 * 60_000
const awayMs = 5 * 60_000
const oldestMs = 24 * 3_600_000

/** Channels whose connections carry a question out and the answer in. */
const askingChannels = ['mailbox']

/** Each minute, in every workspace; one that fails keeps none of the others back. */
export async function askAwayMembers(parts: OutboxParts): Promise<void> {
  const now = parts.platform.clock.now()
  const after = new Date(now - oldestMs)
  for (const workspaceId of await workspacesWithUnread(parts.platform.database, after)) {
    try {
      await askInWorkspace(parts, systemScope(workspaceId), now)
    } catch (error) {
      parts.platform.log.error({ error, workspaceId }, 'members could not be asked by mail')
    }
  }
}

async function askInWorkspace(parts: OutboxParts, scope: Scope, now: number): Promise<void> {
  const { workspaceId } = scope
  const when = {
    after: new Date(now - oldestMs),
    before: new Date(now - patienceMs),
    awaySince: new Date(now - awayMs),
    hourAgo: new Date(now - 3_600_000),
  }
  const unheard = await inScope(parts.platform.database, scope, (db) => unheardOf(db, workspaceId, when))
  for (const one of unheard) {
    if (roleAllows(one.role, 'cases.answer')) await askOne(parts, scope, one)
  }
}

async function askOne(parts: OutboxParts, scope: Scope, unheard: Unheard): Promise<void> {
  const { database, clock } = parts.platform
  const { workspaceId } = scope
  const speaking = await findSpeaking(parts, scope, unheard)
  if (speaking === null) return
  const id = newId()
  const token = newAnswerToken()
  const { notificationId, memberId, caseId, seenEngagementId } = unheard
  const ask = { id, notificationId, memberId, caseId, seenEngagementId, tokenHash: hashToken(token) }
  const at = new Date(clock.now())
  const isNew = await inScope(database, scope, (db) => addAsk(db, workspaceId, { ...ask, at }))
  if (!isNew) return
  const acted = await speaking.channel.act(commandFor(parts, unheard, token), id)
  const state = acted.result === 'done' ? 'asked' : 'failed'
  await inScope(database, scope, (db) => endAsk(db, workspaceId, { id, state, detail: acted.detail }))
}

async function findSpeaking(
  parts: OutboxParts,
  scope: Scope,
  { presenceId, email }: Unheard,
): Promise<Speaking | null> {
  const { workspaceId } = scope
  const presences = await inScope(parts.platform.database, scope, (db) =>
    askingPresences(db, workspaceId, { channels: askingChannels, presenceId }),
  )
  for (const presence of presences) {
    const speaking = (await parts.connections?.open(workspaceId, presence)) ?? null
    const target = { address: email, parentExternalId: null, earlierExternalIds: [], subject: null }
    const isOpen = speaking !== null && speaking.waits === null
    if (isOpen && speaking.channel.canAct(target, parts.platform.clock.now(), 'notice').can) return speaking
  }
  return null
}

function commandFor({ platform }: OutboxParts, unheard: Unheard, answerToken: string): Command {
  const link = `${platform.publicUrl}/cases/${unheard.caseId}`
  const { subject, text } = writeAsk({ ...unheard, link })
  const target = { address: unheard.email, parentExternalId: null, earlierExternalIds: [], subject }
  return {
    what: 'notice',
    target,
    text,
    speaker: `${unheard.company} (Horseshoe)`,
    presence: null,
    answerToken,
  }
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** 160 bits in letters and digits of one case: mail programs write addresses in another. */
function newAnswerToken(): string {
  return Array.from(randomBytes(32), (byte) => alphabet[byte % 32] ?? 'a').join('')
}
