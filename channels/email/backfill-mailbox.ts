// History, newest first: the folder, then the sent mails. A page asks how many mails lie below the cursor (RFC 4731
// ESEARCH, one line whatever the size of the folder) and fetches the upmost of them by place.
import type { ImapFlow } from 'imapflow'
import type { Polled } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { fetchMails, listMails, pieceMails, piecesOf, type FolderRole } from './fetch-mails.ts'
import { findSentFolder, withImap } from './imap-session.ts'
import { readHistoryCursor, writeHistoryCursor, type HistoryCursor } from './mailbox-cursor.ts'
import type { MailboxSettings } from './mailbox-settings.ts'

export function backfillMailbox(
  ports: Ports,
  settings: MailboxSettings,
  cursor: string | null,
  limit: number,
): Promise<Polled> {
  const known = readHistoryCursor(cursor)
  return withImap(ports, settings, (client) => page(client, settings, known, Math.min(limit, pieceMails)))
}

async function page(
  client: ImapFlow,
  settings: MailboxSettings,
  known: HistoryCursor | null,
  limit: number,
): Promise<Polled> {
  const role: FolderRole = known?.folder ?? 'inbox'
  const folder = role === 'inbox' ? settings.folder : await findSentFolder(client, settings)
  if (folder === null) return { events: [], cursor: null, more: false }
  const open = await client.mailboxOpen(folder, { readOnly: true })
  const validity = open.uidValidity.toString()
  // Numbered anew by the server: from the top again; what was brought is known by its bytes.
  const before = known?.validity === validity ? known.before : open.uidNext
  const count = await countBelow(client, before)
  if (count === 0) return endOfFolder(role)
  const listed = await listMails(client, `${Math.max(1, count - limit + 1)}:${count}`, 'place')
  const below = listed.filter(({ uid }) => uid < before)
  const [last] = piecesOf(below.toReversed())
  if (last === undefined) return endOfFolder(role)
  const events = await fetchMails(client, last.toReversed(), role, () => false)
  const lowest = last.at(-1)?.uid ?? 1
  const next = writeHistoryCursor({ folder: role, validity, before: lowest })
  return { events: events.toReversed(), cursor: next, more: true }
}

function endOfFolder(role: FolderRole): Polled {
  if (role === 'sent') return { events: [], cursor: null, more: false }
  return { events: [], cursor: writeHistoryCursor({ folder: 'sent', validity: '', before: 0 }), more: true }
}

async function countBelow(client: ImapFlow, uid: number): Promise<number> {
  if (uid <= 1) return 0
  const found = await client.search({ uid: `1:${uid - 1}` }, { uid: true, returnOptions: ['COUNT'] })
  if (Array.isArray(found)) return found.length
  return found === false || found === undefined ? 0 : (found.count ?? 0)
}
