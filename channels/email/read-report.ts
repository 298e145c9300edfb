// Reports about mails of ours: delivery status (RFC 3464) and disposition (RFC 8098), which come as parts of a
// multipart/report (RFC 6522). A report speaks of the mail that it names by its Message-ID.
import type { Email } from 'postal-mime'
import type { Receipt } from '../channel.ts'
import { cleanLine } from './clean-line.ts'
import { messageIdsOf } from './read-mail.ts'

const decoder = new TextDecoder()
const longestReport = 50_000

export interface Report {
  /** The mail that it speaks of, and what became of it; null where it says nothing final. */
  readonly receipt: Receipt | null
}

/** Null where the mail is no report. */
export function readReport(mail: Email, at: number): Report | null {
  const status = partOf(mail, 'message/delivery-status') ?? partOf(mail, 'message/global-delivery-status')
  if (status !== null) return { receipt: deliveryReceipt(mail, status, at) }
  const disposition = partOf(mail, 'message/disposition-notification')
  if (disposition !== null) return { receipt: readingReceipt(disposition, at) }
  return null
}

function partOf(mail: Email, type: string): string | null {
  const part = mail.attachments.find(({ mimeType }) => mimeType === type)
  if (part === undefined) return null
  const { content } = part
  return typeof content === 'string'
    ? content.slice(0, longestReport)
    : decoder.decode(new Uint8Array(content).subarray(0, longestReport))
}

function deliveryReceipt(mail: Email, status: string, at: number): Receipt | null {
  const networkId = originalId(mail)
  if (networkId === null) return null
  const fields = readFields(status)
  const action = fields.get('action')?.toLowerCase()
  if (action === 'failed') return { networkId, state: 'failed', detail: sayFailure(fields), at }
  if (action === 'delivered') {
    return { networkId, state: 'delivered', detail: 'the mail server of the receiver took it', at }
  }
  return null
}

function sayFailure(fields: ReadonlyMap<string, string>): string {
  const to = (fields.get('final-recipient') ?? fields.get('original-recipient') ?? '')
    .split(';')
    .at(-1)
    ?.trim()
  const reason = fields.get('diagnostic-code')?.replace(/^\s*smtp\s*;/i, '') ?? fields.get('status') ?? ''
  const whom = to === undefined || to === '' ? 'the receiver' : to
  return cleanLine(`The mail did not reach ${whom}: ${reason.trim() || 'no reason given'}`, 500)
}

/** The Message-ID of the mail that came back: its headers, or the whole of it, are a part of the report. */
function originalId(mail: Email): string | null {
  const types = ['text/rfc822-headers', 'message/rfc822', 'message/rfc822-headers', 'message/global-headers']
  for (const type of types) {
    const id = messageIdsOf(readFields(partOf(mail, type) ?? '').get('message-id'))[0]
    if (id !== undefined) return id
  }
  return null
}

function readingReceipt(text: string, at: number): Receipt | null {
  const fields = readFields(text)
  const networkId = messageIdsOf(fields.get('original-message-id'))[0]
  const isShown = /displayed\s*$/i.test(fields.get('disposition') ?? '')
  if (networkId === undefined || !isShown) return null
  return { networkId, state: 'read', detail: 'the program of the receiver says that it was shown', at }
}

/** Fields by name; of fields that come again the first, and folded lines unfolded. */
function readFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  let name = ''
  for (const line of text.split(/\r?\n/).slice(0, 1_000)) {
    if (/^[ \t]/.test(line) && name !== '') {
      fields.set(name, `${fields.get(name) ?? ''} ${line.trim()}`)
      continue
    }
    const colon = line.indexOf(':')
    name = colon < 1 ? '' : line.slice(0, colon).trim().toLowerCase()
    if (fields.has(name)) name = ''
    if (name !== '') fields.set(name, line.slice(colon + 1).trim())
  }
  return fields
}
