import type { StoredConnection } from './connection.ts'

/** Why nothing may leave through a connection just now, as a sentence; null where it may. */
export function whyItWaits(
  connection: Pick<StoredConnection, 'isPaused' | 'trouble' | 'account' | 'detail'>,
): string | null {
  if (connection.isPaused) return 'The connection is paused; it is sent when somebody resumes it.'
  if (connection.trouble === 'needs-reauth')
    return 'The network wants new credentials; it is sent when the account is connected again.'
  if (connection.account === null) return 'The account is not connected yet.'
  return null
}
