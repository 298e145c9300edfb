import type { ChannelFailure } from '../../channels/channel.ts'
import type { Db } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import type { ConnectionParts, StoredConnection, Trouble } from './connection.ts'
import { setTrouble } from './store.ts'

/**
 * Notes what is wrong with a connection, or with null that nothing is any more. Where that is news, open pages hear of
 * it, and its owner does.
 */
export async function noteTrouble(
  { hooks }: Pick<ConnectionParts, 'hooks'>,
  db: Db,
  connection: Pick<StoredConnection, 'workspaceId' | 'id' | 'ownerId' | 'account' | 'presenceId'>,
  said: { readonly trouble: Trouble | null; readonly detail: string },
): Promise<void> {
  const { workspaceId, id, ownerId, account, presenceId } = connection
  const isNews = await setTrouble(db, workspaceId, id, said)
  if (!isNews) return
  await tell(db, workspaceId, { topic: 'connection.changed', connectionIds: [id] })
  if (said.trouble === null) return hooks.onRecovered(db, workspaceId, { connectionId: id, presenceId })
  if (ownerId === null) return
  const name = account === null ? 'A connection' : account.handle
  const text = `${name}: ${said.detail}`
  await hooks.onTrouble(db, workspaceId, { connectionId: id, ownerId, text })
}

/** What a failure means for the connection as a whole; null where trying again may help. */
export function troubleOf({ code }: Pick<ChannelFailure, 'code'>): Trouble | null {
  if (code === 'auth.expired' || code === 'auth.revoked') return 'needs-reauth'
  return code === 'scope.missing' ? 'broken' : null
}
