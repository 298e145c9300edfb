import PostalMime, { type Address, type Email, type Mailbox } from 'postal-mime'
import { boundMail, deepestMails, deepestParts, headOf, mostHeaderBytes } from './bound-mail.ts'

export interface ReadMail {
  readonly mail: Email
  /** What could not be read or was left out; kept raw. */
  readonly unread: readonly string[]
}

const limits = {
  maxNestingDepth: deepestParts,
  maxHeadersSize: mostHeaderBytes,
  maxRfc822NestingDepth: deepestMails,
}

const headBytes = 64 * 1024

/** Takes a mail apart within limits. What cannot be taken apart is read by its headers alone; null without any. */
export async function readMail(bytes: Uint8Array): Promise<ReadMail | null> {
  const bounded = boundMail(bytes)
  const cut = bounded.cut === null ? [] : [`mail with ${bounded.cut}`]
  const whole = await parse(bounded.bytes)
  if (whole !== null) return { mail: whole, unread: cut }
  const head = await parse(headOf(bytes, headBytes))
  return head === null ? null : { mail: head, unread: [...cut, 'mail that cannot be taken apart'] }
}

async function parse(bytes: Uint8Array): Promise<Email | null> {
  try {
    return await PostalMime.parse(bytes, limits)
  } catch {
    return null
  }
}

const mostAddresses = 200

/** Mailboxes of an address header, those of groups too, addresses in small letters. */
export function mailboxesOf(given: Address | readonly Address[] | undefined): readonly Mailbox[] {
  const list = given === undefined ? [] : [given].flat().slice(0, mostAddresses)
  return list
    .flatMap((entry) => entry.group ?? (entry.address === undefined ? [] : [entry]))
    .slice(0, mostAddresses)
    .map(({ name, address }) => ({ name, address: address.trim().toLowerCase() }))
    .filter(({ address }) => address !== '')
}

/** All values of a header, uppermost first. */
export function headersOf(mail: Email, key: string): readonly string[] {
  return mail.headers.flatMap((header) => (header.key === key ? [header.value.trim()] : []))
}

export function headerOf(mail: Email, key: string): string | undefined {
  return headersOf(mail, key)[0]
}

/** Message-IDs of a header without their brackets, in order. */
export function messageIdsOf(value: string | undefined): readonly string[] {
  const found: string[] = []
  for (const piece of (value ?? '').slice(0, 20_000).split('<').slice(1)) {
    const end = piece.indexOf('>')
    const id = end < 0 ? '' : piece.slice(0, end).replaceAll(/\s+/g, '')
    if (id !== '' && id.length <= 512 && !found.includes(id)) found.push(id)
    if (found.length === 100) break
  }
  return found
}
