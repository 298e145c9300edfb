import type { Connection, ConnectableChannel } from '../../contract/connections.ts'
import type { Checked, Plug } from '../../channels/channel.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import { refused } from '../platform/refused.ts'
import { findPresence, setConnector } from '../presences/index.ts'
import { functionKeys, memberById, record } from '../workspace/index.ts'
import { checkFields, type Given } from './check-fields.ts'
import { beginListening, type Begun } from './commands-begin.ts'
import { applyCheck, runCheck } from './commands-check.ts'
import { hookOf, openBare, openChannelOf, openSecrets, sealSecrets } from './commands-open.ts'
import { askToNormalise } from './jobs-names.ts'
import type { ConnectionParts, StoredConnection } from './connection.ts'
import { describeChannel } from './describe-channel.ts'
import {
  addConnection,
  changeConnection,
  countConnections,
  endConnection,
  findConnection,
  findOfPresence,
  lockConnection,
  setSecrets,
} from './store.ts'
import { readConnections } from './views.ts'

const mostConnections = 500

export function listChannels({ plugs }: ConnectionParts): { items: ConnectableChannel[] } {
  const each = plugs.filter(
    ({ manifest }) => manifest.connects === 'each-presence' && manifest.delivers === 'by-the-network',
  )
  return { items: each.map(({ manifest }) => describeChannel(manifest)) }
}

export interface Wanted extends Given {
  readonly channel: string
  readonly presenceId?: string | undefined
  readonly function: string | null
  readonly ownerId?: string | undefined
}

/** Connects an account, and keeps it also where the check says that something is missing. */
export async function connect(parts: ConnectionParts, scope: Scope, wanted: Wanted): Promise<Connection> {
  const { platform } = parts
  const { workspaceId } = scope
  const plug = plugOf(parts, wanted.channel)
  const fields = checkFields(plug.manifest.connect.fields, { config: {}, secrets: {} }, wanted)
  if (!fields.ok) throw refused('INVALID', fields.reason, fields.sentence)
  const ownerId = wanted.ownerId ?? (scope.actor.kind === 'member' ? scope.actor.id : null)
  const id = newId()
  await inScope(platform.database, scope, (db) => requirePlace(db, scope, { ...wanted, ownerId }, plug))
  const { config, secrets } = fields
  const sealed = sealSecrets(parts, { workspaceId, id }, secrets)
  const made: StoredConnection = {
    workspaceId,
    id,
    presenceId: wanted.presenceId ?? null,
    functionKey: wanted.function,
    channel: wanted.channel,
    account: null,
    config,
    secrets: sealed,
    secretNames: Object.keys(secrets),
    secretsVersion: 1,
    permissions: [],
    ownerId,
    isPaused: false,
    trouble: null,
    detail: '',
    version: 1,
  }
  const checked = await runCheck(parts, openBare(parts, made))
  const known = checked.state === 'ok' ? { ...made, account: checked.account } : null
  const { connection, cursor } = known === null ? nowhere(made) : await beginListening(parts, known)
  return inScope(platform.database, scope, async (db) => {
    await requirePlace(db, scope, { ...wanted, ownerId }, plug)
    const at = new Date(platform.clock.now())
    const hookHash = hookOf(parts, id).hash
    const { secretNames } = connection
    const kept = connection.secrets === null ? null : Buffer.from(connection.secrets)
    await addConnection(db, workspaceId, { ...made, secrets: kept, secretNames, cursor, hookHash, at })
    await applyCheck(parts, db, made, checked)
    const after = { channel: wanted.channel, config, secrets: made.secretNames, check: checked.state }
    return finish(parts, db, scope, { id, action: 'connection.made', after })
  })
}

function nowhere(connection: StoredConnection): Begun {
  return { connection, cursor: null }
}

/** Everything a connection names must be there, and free. */
async function requirePlace(
  db: Db,
  scope: Scope,
  wanted: Pick<Wanted, 'presenceId' | 'function'> & { readonly ownerId: string | null },
  { manifest }: Plug,
): Promise<void> {
  const { workspaceId } = scope
  if ((await countConnections(db, workspaceId)) >= mostConnections)
    throw refused('CONFLICT', 'too-many-connections', `A workspace has at most ${mostConnections}.`)
  if (wanted.ownerId !== null) await requireMember(db, workspaceId, wanted.ownerId)
  if (wanted.function !== null && !(await functionKeys(db, workspaceId)).includes(wanted.function))
    throw refused('INVALID', 'unknown-function', 'There is no such function in this workspace.')
  if (wanted.presenceId === undefined) return
  const presence = await findPresence(db, workspaceId, wanted.presenceId)
  if (presence === null) throw refused('INVALID', 'unknown-presence', 'There is no such account in the list.')
  if (presence.channel !== manifest.channel)
    throw refused('INVALID', 'other-channel', `This account is on ${presence.channel}.`)
  if ((await findOfPresence(db, workspaceId, presence.id)) !== null)
    throw refused('CONFLICT', 'presence-connected', 'This account has a connection already.')
}

async function requireMember(db: Db, workspaceId: string, memberId: string): Promise<void> {
  const member = await memberById(db, workspaceId, memberId)
  if (member?.isActive === true) return
  throw refused('INVALID', 'unknown-member', 'There is no such member in this workspace.')
}

/** New settings or credentials; kept where they work, or where the other side cannot be reached just now. */
export async function changeSettings(
  parts: ConnectionParts,
  scope: Scope,
  change: Given & { readonly id: string },
): Promise<Connection> {
  const { platform } = parts
  const before = await required(parts, scope, change.id)
  const stored = { config: before.config, secrets: openSecrets(parts, before) }
  const fields = checkFields(plugOf(parts, before.channel).manifest.connect.fields, stored, change)
  if (!fields.ok) throw refused('INVALID', fields.reason, fields.sentence)
  const { config, secrets } = fields
  const sealed = sealSecrets(parts, before, secrets)
  const wanted = { ...before, config, secrets: sealed, secretNames: Object.keys(secrets) }
  const checked = await runCheck(parts, openBare(parts, wanted))
  if (checked.state !== 'ok' && checked.state !== 'unreachable')
    throw refused('INVALID', 'check-failed', checked.detail)
  return inScope(platform.database, scope, async (db) => {
    const now = await lockConnection(db, scope.workspaceId, change.id)
    if (now === null) throw refused('NOT_FOUND')
    if (now.version !== before.version)
      throw refused('CONFLICT', 'stale-version', 'Somebody changed this connection meanwhile.')
    await changeConnection(db, scope.workspaceId, now.id, { config })
    const names = wanted.secretNames
    await setSecrets(db, scope.workspaceId, now.id, { sealed, names, isByMember: true })
    await applyCheck(parts, db, { ...now, config }, checked)
    const newSecrets = Object.keys(change.secrets)
    return finish(parts, db, scope, {
      id: now.id,
      action: 'connection.changed',
      before: { config: before.config },
      after: { config, newSecrets },
    })
  })
}

export async function testConnection(parts: ConnectionParts, scope: Scope, id: string): Promise<Connection> {
  const before = await required(parts, scope, id)
  const opened = openChannelOf(parts, before)
  const checked: Checked = await runCheck(parts, opened?.channel ?? null)
  return inScope(parts.platform.database, scope, async (db) => {
    const now = await lockConnection(db, scope.workspaceId, id)
    if (now === null) throw refused('NOT_FOUND')
    await applyCheck(parts, db, now, checked)
    return finish(parts, db, scope, { id, action: 'connection.tested', after: { check: checked.state } })
  })
}

export async function setPaused(
  parts: ConnectionParts,
  scope: Scope,
  id: string,
  isPaused: boolean,
): Promise<Connection> {
  return inScope(parts.platform.database, scope, async (db) => {
    const { workspaceId } = scope
    const before = await lockConnection(db, workspaceId, id)
    if (before === null) throw refused('NOT_FOUND')
    if (before.isPaused !== isPaused) await changeConnection(db, workspaceId, id, { isPaused })
    if (before.isPaused && !isPaused) {
      await askToNormalise(db, workspaceId, id)
      await parts.hooks.onRecovered(db, workspaceId, { connectionId: id, presenceId: before.presenceId })
    }
    const action = isPaused ? 'connection.paused' : 'connection.resumed'
    return finish(parts, db, scope, { id, action })
  })
}

export async function handOver(
  parts: ConnectionParts,
  scope: Scope,
  { id, memberId }: { readonly id: string; readonly memberId: string },
): Promise<Connection> {
  return inScope(parts.platform.database, scope, async (db) => {
    const before = await lockConnection(db, scope.workspaceId, id)
    if (before === null) throw refused('NOT_FOUND')
    await requireMember(db, scope.workspaceId, memberId)
    await changeConnection(db, scope.workspaceId, id, { ownerId: memberId })
    return finish(parts, db, scope, {
      id,
      action: 'connection.handed-over',
      before: { ownerId: before.ownerId },
      after: { ownerId: memberId },
    })
  })
}

/** Ends pushes where the network still answers, and destroys the credentials in any case. */
export async function disconnect(parts: ConnectionParts, scope: Scope, id: string): Promise<{ done: true }> {
  const before = await required(parts, scope, id)
  try {
    await openChannelOf(parts, before)?.channel.unsubscribe?.()
  } catch (error) {
    parts.platform.log.warn({ error, connection: id }, 'pushes could not be ended')
  }
  await inScope(parts.platform.database, scope, async (db) => {
    const now = await lockConnection(db, scope.workspaceId, id)
    if (now === null) throw refused('NOT_FOUND')
    await endConnection(db, scope.workspaceId, id, new Date(parts.platform.clock.now()))
    if (now.presenceId !== null) await setConnector(db, scope.workspaceId, now.presenceId, null)
    await tell(db, scope.workspaceId, { topic: 'connection.changed', connectionIds: [id] })
    const subject = { type: 'connection', id }
    await record(db, scope, { action: 'connection.ended', subject, before: { channel: now.channel } })
  })
  return { done: true }
}

export async function listConnections(
  parts: ConnectionParts,
  scope: Scope,
): Promise<{ items: Connection[] }> {
  return inScope(parts.platform.database, scope, async (db) => ({
    items: await readConnections(db, scope.workspaceId, factsOf(parts)),
  }))
}

/** The address of the hook of one connection. */
export async function showHook(parts: ConnectionParts, scope: Scope, id: string): Promise<{ url: string }> {
  const { id: known } = await getConnection(parts, scope, id)
  return { url: hookOf(parts, known).url }
}

export async function getConnection(parts: ConnectionParts, scope: Scope, id: string): Promise<Connection> {
  return inScope(parts.platform.database, scope, (db) => one(parts, db, scope, id))
}

async function required(parts: ConnectionParts, scope: Scope, id: string): Promise<StoredConnection> {
  const found = await inScope(parts.platform.database, scope, (db) =>
    findConnection(db, scope.workspaceId, id),
  )
  if (found === null) throw refused('NOT_FOUND')
  return found
}

function plugOf({ plugs }: ConnectionParts, channel: string): Plug {
  const plug = plugs.find(({ manifest }) => manifest.id === channel && manifest.connects === 'each-presence')
  if (plug === undefined) throw refused('INVALID', 'unknown-channel', 'There is no such channel.')
  return plug
}

export interface Finished {
  readonly id: string
  readonly action: string
  readonly before?: unknown
  readonly after?: unknown
}

/** Tells open pages, writes the audit trail, and answers with the connection as it is now. */
export async function finish(
  parts: ConnectionParts,
  db: Db,
  scope: Scope,
  { id, action, before, after }: Finished,
): Promise<Connection> {
  await tell(db, scope.workspaceId, { topic: 'connection.changed', connectionIds: [id] })
  await record(db, scope, { action, subject: { type: 'connection', id }, before, after })
  return one(parts, db, scope, id)
}

async function one(parts: ConnectionParts, db: Db, scope: Scope, id: string): Promise<Connection> {
  const [found] = await readConnections(db, scope.workspaceId, factsOf(parts), id)
  if (found === undefined) throw refused('NOT_FOUND')
  return found
}

function factsOf({ plugs, platform }: ConnectionParts) {
  const manifests = new Map(plugs.map(({ manifest }) => [manifest.id, manifest]))
  return { manifests, now: new Date(platform.clock.now()) }
}
