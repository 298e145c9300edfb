import type { Address, Email, Mailbox } from 'postal-mime'
import type { Checked } from './check-input.ts'
import { checkInput } from './check-input.ts'
import type { FormatOptions, Notice } from './format.ts'
import { htmlToText } from '../../../lib/text/html-to-text.ts'
import type { FindOurs } from './own-handles.ts'

const TEXT_LIMIT = 100_000
const SUBJECT_LIMIT = 998

/** A mail in the words of the contract. Ours is what one of our addresses sent. */
export function mailToInput(mail: Email, options: FormatOptions, findOurs: FindOurs): Checked {
  const sender = mailboxes(mail.from)[0] ?? mailboxes(mail.sender)[0]
  const address = sender?.address.trim().toLowerCase()
  if (!address) return { reason: 'The mail has no sender.' }
  const time = Date.parse(mail.date ?? '')
  if (Number.isNaN(time)) return { reason: `The time "${(mail.date ?? '').slice(0, 60)}" cannot be read.` }
  const own = findOurs([address])
  const body = bodyOf(mail)
  const candidate = {
    kind: 'Message',
    source: options.source ?? 'email',
    channel: options.channel ?? 'email',
    externalId: bare(mail.messageId) ?? `no-id:${mail.date}:${address}:${mail.subject ?? ''}`.slice(0, 512),
    direction: own === undefined ? 'in' : 'out',
    author: {
      externalId: address,
      handle: address,
      name: sender?.name.trim().slice(0, 512) || undefined,
      verifiedEmail: own === undefined && isVerified(mail) ? address : undefined,
    },
    presence: own ?? presenceOf(mail, options, findOurs),
    visibility: 'direct',
    parentExternalId: parentOf(mail),
    subject: mail.subject?.slice(0, SUBJECT_LIMIT),
    text: body.text,
    publishedAt: new Date(time).toISOString(),
    automatic: isAutomatic(mail),
  }
  const checked = checkInput(candidate, options.now)
  if ('reason' in checked) return checked
  const notices = [...attachmentNotices(mail), ...body.notices, ...(checked.notices ?? [])]
  return notices.length === 0 ? checked : { ...checked, notices }
}

function mailboxes(given: Address | readonly Address[] | undefined): Mailbox[] {
  const list = given === undefined ? [] : [given].flat()
  return list.flatMap((entry) => entry.group ?? (entry.address === undefined ? [] : [entry]))
}

function bodyOf(mail: Email): { text: string; notices: Notice[] } {
  const plain = mail.text?.replaceAll('\r\n', '\n').trim()
  const whole = plain || (mail.html ? htmlToText(mail.html) : '')
  if (whole.length <= TEXT_LIMIT) return { text: whole, notices: [] }
  const notice = { message: 'Mails longer than 100,000 characters were cut there.', count: 1 }
  return { text: whole.slice(0, TEXT_LIMIT), notices: [notice] }
}

function attachmentNotices(mail: Email): Notice[] {
  if (mail.attachments.length === 0) return []
  const message = 'Attachments of mails were left out: media need a web address.'
  return [{ message, count: mail.attachments.length }]
}

/** Which of our addresses it went to; when we were not told ours, the first that it was sent to. */
function presenceOf(mail: Email, options: FormatOptions, findOurs: FindOurs): string | undefined {
  const recipients = [...mailboxes(mail.to), ...mailboxes(mail.cc)].map(({ address }) =>
    address.toLowerCase(),
  )
  const names = [mail.deliveredTo?.replaceAll(/[<>]/g, ''), ...recipients].filter((name) => name !== '')
  if (options.ownHandles?.length) return findOurs(names)
  return recipients[0]?.slice(0, 512) || undefined
}

function bare(id: string | undefined): string | undefined {
  return /<([^<>]+)>/.exec(id ?? '')?.[1]?.trim() || id?.trim() || undefined
}

function parentOf(mail: Email): string | undefined {
  const answered = /<([^<>\s]+)>/.exec(mail.inReplyTo ?? '')?.[1]
  const parent = answered ?? [...(mail.references ?? '').matchAll(/<([^<>\s]+)>/g)].at(-1)?.[1]
  return parent !== undefined && parent.length <= 512 ? parent : undefined
}

function headerOf(mail: Email, key: string): string | undefined {
  return mail.headers
    .find((header) => header.key === key)
    ?.value.trim()
    .toLowerCase()
}

/** RFC 3834, and what older responders write instead. */
function isAutomatic(mail: Email): boolean {
  const submitted = headerOf(mail, 'auto-submitted')
  if (submitted !== undefined) return !/^no\b/.test(submitted)
  if (headerOf(mail, 'precedence') === 'auto_reply') return true
  return headerOf(mail, 'x-autoreply') !== undefined || headerOf(mail, 'x-autorespond') !== undefined
}

/** The uppermost Authentication-Results is our own server's word (RFC 8601); DMARC covers the From address. */
function isVerified(mail: Email): boolean {
  return /\bdmarc\s*=\s*pass\b/.test(headerOf(mail, 'authentication-results') ?? '')
}
