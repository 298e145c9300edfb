import { createHash } from 'node:crypto'
import type { FetchMessageObject, ImapFlow } from 'imapflow'
import type { RawEvent } from '../channel.ts'
import { mostBytes } from './bound-mail.ts'

export type FolderRole = 'inbox' | 'sent'

/** A mail that lies in the open folder. */
export interface Listed {
  readonly uid: number
  readonly size: number
  readonly arrivedAt: number | null
  readonly from: string
}

/** So many bytes of mails are held at once, and so many mails. */
const pieceBytes = 24 * 1024 * 1024
export const pieceMails = 200
/** Of a mail beyond the limit so much is read: its headers and beginning. */
const beginningBytes = 512 * 1024

/** Mails of the open folder in a range, lowest first: by UID with their senders, by place without. */
export async function listMails(
  client: ImapFlow,
  range: string,
  by: 'uid' | 'place',
): Promise<readonly Listed[]> {
  const query = { uid: true, size: true, internalDate: true, envelope: by === 'uid' }
  const found = await client.fetchAll(range, query, { uid: by === 'uid' })
  return found.map(listed).toSorted((a, b) => a.uid - b.uid)
}

function listed({ uid, size, internalDate, envelope }: FetchMessageObject): Listed {
  const at = internalDate === undefined ? Number.NaN : new Date(internalDate).getTime()
  const from = envelope?.from?.[0]?.address?.toLowerCase() ?? ''
  return { uid, size: size ?? 0, arrivedAt: Number.isNaN(at) ? null : at, from }
}

/** In pieces that fit into memory. */
export function piecesOf(mails: readonly Listed[]): readonly (readonly Listed[])[] {
  const pieces: Listed[][] = []
  let bytes = 0
  for (const mail of mails) {
    const last = pieces.at(-1)
    const size = Math.min(mail.size, mostBytes)
    if (last === undefined || last.length === pieceMails || bytes + size > pieceBytes) {
      pieces.push([mail])
      bytes = size
    } else {
      last.push(mail)
      bytes += size
    }
  }
  return pieces
}

/** The mails themselves, in the order given; what was expunged meanwhile is left out. */
export async function fetchMails(
  client: ImapFlow,
  mails: readonly Listed[],
  role: FolderRole,
  floods: (mail: Listed) => boolean,
): Promise<readonly RawEvent[]> {
  const whole = mails.filter(({ size }) => size <= mostBytes)
  const large = mails.filter(({ size }) => size > mostBytes)
  const sources = new Map<number, Buffer>()
  await collect(client, whole, true, sources)
  await collect(client, large, { start: 0, maxLength: beginningBytes }, sources)
  return mails.flatMap((mail) => {
    const source = sources.get(mail.uid)
    return source === undefined ? [] : [toEvent(mail, source, role, floods(mail))]
  })
}

async function collect(
  client: ImapFlow,
  mails: readonly Listed[],
  source: true | { readonly start: number; readonly maxLength: number },
  into: Map<number, Buffer>,
): Promise<void> {
  if (mails.length === 0) return
  const range = rangeOf(mails.map(({ uid }) => uid))
  for (const found of await client.fetchAll(range, { uid: true, source }, { uid: true })) {
    if (found.source !== undefined) into.set(found.uid, found.source)
  }
}

/** UIDs in rising order as an IMAP sequence set. */
function rangeOf(uids: readonly number[]): string {
  const runs: { from: number; to: number }[] = []
  for (const uid of uids) {
    const last = runs.at(-1)
    if (last !== undefined && uid === last.to + 1) last.to = uid
    else runs.push({ from: uid, to: uid })
  }
  return runs.map(({ from, to }) => (from === to ? `${from}` : `${from}:${to}`)).join(',')
}

/** Named after its bytes: the same mail is the same event, whichever number or folder the server gives it. */
function toEvent(mail: Listed, body: Buffer, role: FolderRole, isFlood: boolean): RawEvent {
  const key = `${role}:${createHash('sha256').update(body).digest('base64url')}`
  const facts = { folder: role, ...(isFlood ? { flood: 'yes' } : {}) }
  return { key, at: mail.arrivedAt, body, facts }
}
