import type { Db } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { addNotifications, type NewNotification } from './store-changes.ts'

/** Tells members something that concerns them, in the transaction in which it happens. */
export async function notify(
  db: Db,
  workspaceId: string,
  memberIds: readonly string[],
  said: NewNotification,
): Promise<void> {
  if (memberIds.length === 0) return
  await addNotifications(db, workspaceId, memberIds, said)
  await tell(db, workspaceId, { topic: 'notification.added', memberIds: [...memberIds] })
}
