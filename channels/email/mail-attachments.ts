import type { Attachment as MailPart, Email } from 'postal-mime'
import type { Attachment } from '../channel.ts'
import { cleanFileName } from './clean-line.ts'

const mostAttachments = 20
/** All of them together. */
const mostBytes = 25 * 1024 * 1024
/** Pictures inside the text smaller than this hold places, and show nothing. */
const spacerBytes = 200

/** Parts that say something about the mail itself and nothing to its reader. */
const silent = new Set([
  'application/pgp-signature',
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'message/delivery-status',
  'message/disposition-notification',
])

const endings: Readonly<Record<string, string>> = {
  'message/rfc822': '.eml',
  'text/calendar': '.ics',
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'application/pdf': '.pdf',
}

export interface Attached {
  readonly attachments: readonly Attachment[]
  /** Parts that were left out, in words. */
  readonly leftOut: readonly string[]
}

/** The files of a mail, pictures inside its text too; nothing is opened, unpacked or drawn. */
export function readAttachments(mail: Email, externalId: string): Attached {
  const attachments: Attachment[] = []
  let bytes = 0
  let more = 0
  for (const part of mail.attachments) {
    const content = bytesOf(part)
    if (isSilent(part, content)) continue
    bytes += content.length
    if (attachments.length === mostAttachments || bytes > mostBytes) {
      more += 1
      continue
    }
    const mediaType = mediaTypeOf(part)
    const otherwise = `attachment-${attachments.length + 1}${endings[mediaType] ?? ''}`
    const name = cleanFileName(part.filename ?? '', otherwise)
    attachments.push({ externalId, name, mediaType, bytes: content })
  }
  return { attachments, leftOut: more === 0 ? [] : ['more attachments than are kept'] }
}

function bytesOf({ content }: MailPart): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
}

function isSilent({ mimeType, related }: MailPart, content: Uint8Array): boolean {
  const isSpacer = related === true && mimeType.startsWith('image/') && content.length < spacerBytes
  return silent.has(mimeType) || isSpacer || content.length === 0
}

function mediaTypeOf({ mimeType }: MailPart): string {
  const plain = mimeType.toLowerCase()
  return /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,60}$/.test(plain) ? plain : 'application/octet-stream'
}
