import { ChannelFailure, type Channel, type Checked } from '../../channels/channel.ts'
import type { Db } from '../platform/db/scope.ts'
import { refused } from '../platform/refused.ts'
import { ensurePresences, findPresence, handleKey, renamePresence, setConnector } from '../presences/index.ts'
import { noteTrouble } from './commands-trouble.ts'
import type { ConnectionParts, StoredConnection, Trouble } from './connection.ts'
import { changeConnection, findConnection, findOfAccount, findOfPresence } from './store.ts'

type Found = Extract<Checked, { state: 'ok' }>

const limitMs = 30_000

/** Asks a channel whether its connection works. Failures are answers here, within half a minute. */
export async function runCheck(parts: ConnectionParts, channel: Channel | null): Promise<Checked> {
  if (channel === null) {
    return { state: 'misconfigured', detail: 'With these settings this channel cannot be opened.' }
  }
  if (channel.check === undefined)
    return { state: 'misconfigured', detail: 'This channel is not connected so.' }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Checked>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'unreachable', detail: 'No answer came in time.' }), limitMs)
  })
  try {
    return await Promise.race([channel.check(), late])
  } catch (error) {
    if (error instanceof ChannelFailure) return checkedOf(error)
    parts.platform.log.warn({ error, channel: channel.manifest.id }, 'a check failed')
    return { state: 'unreachable', detail: 'The other side could not be reached.' }
  } finally {
    clearTimeout(timer)
  }
}

function checkedOf({ code, message }: ChannelFailure): Checked {
  if (code === 'auth.expired' || code === 'auth.revoked') return { state: 'needs-reauth', detail: message }
  if (code === 'scope.missing') return { state: 'missing-scope', detail: message }
  if (code === 'network.down' || code === 'timeout.unknown' || code === 'rate')
    return { state: 'unreachable', detail: message }
  return { state: 'misconfigured', detail: message }
}

function troubleOfCheck(checked: Checked): Trouble | null {
  if (checked.state === 'ok') return null
  return checked.state === 'needs-reauth' ? 'needs-reauth' : 'broken'
}

/** Stores what a check found: the account and its presence, or what is wrong. */
export async function applyCheck(
  parts: ConnectionParts,
  db: Db,
  connection: StoredConnection,
  checked: Checked,
): Promise<void> {
  const { workspaceId, id } = connection
  const checkedAt = new Date(parts.platform.clock.now())
  if (checked.state !== 'ok') {
    await changeConnection(db, workspaceId, id, { checkedAt })
    await noteTrouble(parts, db, connection, { trouble: troubleOfCheck(checked), detail: checked.detail })
    return
  }
  const presenceId = await presenceFor(parts, db, connection, checked)
  if (presenceId === null) {
    await changeConnection(db, workspaceId, id, { checkedAt })
    const detail = `This is the account ${checked.account.handle}, and not the one of this presence.`
    await noteTrouble(parts, db, connection, { trouble: 'broken', detail })
    return
  }
  const { account, permissions, detail } = checked
  const plug = parts.plugs.find(({ manifest }) => manifest.id === connection.channel)
  const siteHandle = plug?.site === undefined ? null : account.handle.toLowerCase()
  await changeConnection(db, workspaceId, id, { account, presenceId, permissions, siteHandle, checkedAt })
  await setConnector(db, workspaceId, presenceId, connection.channel)
  const now = (await findConnection(db, workspaceId, id)) ?? connection
  await noteTrouble(parts, db, now, { trouble: null, detail })
}

/** The presence of the account that was found, made where there is none; null where the connection has another one. */
async function presenceFor(
  parts: ConnectionParts,
  db: Db,
  connection: StoredConnection,
  { account }: Found,
): Promise<string | null> {
  const { workspaceId, id, channel } = connection
  const asked = { channel, accountId: account.id, except: id }
  if ((await findOfAccount(db, workspaceId, asked)) !== null)
    throw refused('CONFLICT', 'account-connected', `${account.handle} is connected already.`)
  const kind = parts.plugs.find(({ manifest }) => manifest.id === channel)?.manifest.channel ?? channel
  if (connection.presenceId === null) return madePresence(parts, db, connection, { account, kind })
  const presence = await findPresence(db, workspaceId, connection.presenceId)
  if (presence === null) return null
  if (presence.handleKey === handleKey(account.handle)) return presence.id
  if (connection.account?.id !== account.id) return null
  return (await renamePresence(db, workspaceId, presence.id, account.handle)) ? presence.id : null
}

async function madePresence(
  parts: ConnectionParts,
  db: Db,
  connection: StoredConnection,
  { account, kind }: Pick<Found, 'account'> & { readonly kind: string },
): Promise<string> {
  const { workspaceId } = connection
  const wanted = {
    channel: kind,
    handle: account.handle,
    name: account.name,
    function: connection.functionKey,
  }
  const now = new Date(parts.platform.clock.now())
  const ids = await ensurePresences(db, workspaceId, [wanted], now)
  const made = ids.get(`${kind} ${handleKey(account.handle)}`)
  if (made === undefined) throw new Error('a presence was not made')
  const other = await findOfPresence(db, workspaceId, made)
  if (other !== null && other.id !== connection.id)
    throw refused('CONFLICT', 'presence-connected', `${account.handle} has a connection already.`)
  return made
}
