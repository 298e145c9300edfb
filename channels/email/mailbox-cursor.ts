// How far a mailbox was read. Per folder: UIDVALIDITY, the UID that comes next, and the mod-sequence up to which nothing
// more changed (RFC 7162); and when the newest mail arrived, for the day the server numbers its mails anew.

export interface FolderCursor {
  readonly validity: string
  readonly next: number
  /** Null where the server keeps none. */
  readonly modseq: string | null
}

export interface MailboxCursor {
  readonly inbox: FolderCursor | null
  readonly sent: FolderCursor | null
  /** Arrival of the newest mail that was read, ms since 1970. */
  readonly newestAt: number
}

export interface HistoryCursor {
  readonly folder: 'inbox' | 'sent'
  readonly validity: string
  /** Mails below this UID were not brought yet. */
  readonly before: number
}

const listenVersion = 'm1:'
const historyVersion = 'h1:'

export function writeCursor(cursor: MailboxCursor): string {
  return listenVersion + JSON.stringify(cursor)
}

/** Null for none, and for one that this version does not know. */
export function readCursor(text: string | null): MailboxCursor | null {
  const fields = parse(text, listenVersion)
  if (fields === null || typeof fields['newestAt'] !== 'number') return null
  const { newestAt } = fields
  return { inbox: folderCursor(fields['inbox']), sent: folderCursor(fields['sent']), newestAt }
}

export function writeHistoryCursor(cursor: HistoryCursor): string {
  return historyVersion + JSON.stringify(cursor)
}

export function readHistoryCursor(text: string | null): HistoryCursor | null {
  const fields = parse(text, historyVersion)
  if (fields === null) return null
  const { folder, validity, before } = fields
  if (folder !== 'inbox' && folder !== 'sent') return null
  return typeof validity === 'string' && typeof before === 'number' ? { folder, validity, before } : null
}

function folderCursor(value: unknown): FolderCursor | null {
  if (!isRecord(value)) return null
  const { validity, next, modseq } = value
  if (typeof validity !== 'string' || typeof next !== 'number') return null
  return { validity, next, modseq: typeof modseq === 'string' ? modseq : null }
}

function parse(text: string | null, version: string): Readonly<Record<string, unknown>> | null {
  if (text === null || !text.startsWith(version)) return null
  try {
    const value: unknown = JSON.parse(text.slice(version.length))
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
