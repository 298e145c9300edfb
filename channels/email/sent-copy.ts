import type { ImapFlow } from 'imapflow'
import type { Ports } from '../ports.ts'
import { findSentFolder, withImap } from './imap-session.ts'
import type { MailboxSettings } from './mailbox-settings.ts'

/** Files a copy among the sent mails where the server does not by itself; says what came of it, to be put behind. */
export async function fileCopy(
  ports: Ports,
  settings: MailboxSettings,
  messageId: string,
  raw: Buffer,
): Promise<string> {
  if (!settings.filesCopies) return ''
  try {
    return await withImap(ports, settings, async (client) => {
      const folder = await findSentFolder(client, settings)
      if (folder === null) return '; there is no folder for a copy'
      if (filesByItself(client) || (await isThere(client, folder, messageId))) return ''
      const filed = await client.append(folder, raw, ['\\Seen'])
      return filed === false ? '; no copy could be filed' : ''
    })
  } catch (error) {
    ports.log.warn(
      { error: error instanceof Error ? error.message : 'unknown' },
      'no copy of a mail could be filed',
    )
    return '; no copy could be filed'
  }
}

/** Google's mail files what its SMTP server takes. */
function filesByItself(client: ImapFlow): boolean {
  return client.capabilities.has('X-GM-EXT-1')
}

/** Whether a mail stands among those that were sent; false too where nobody can say. */
export async function findSent(ports: Ports, settings: MailboxSettings, messageId: string): Promise<boolean> {
  try {
    return await withImap(ports, settings, async (client) => {
      const folder = await findSentFolder(client, settings)
      return folder !== null && (await isThere(client, folder, messageId))
    })
  } catch {
    return false
  }
}

async function isThere(client: ImapFlow, folder: string, messageId: string): Promise<boolean> {
  await client.mailboxOpen(folder, { readOnly: true })
  const found = await client.search({ header: { 'message-id': `<${messageId}>` } }, { uid: true })
  return Array.isArray(found) && found.length > 0
}
