// What a mail means: who wrote what, to whom, in answer to which mail. The same bytes mean the same, whenever they come.
import { addressParser, type Email, type Mailbox } from 'postal-mime'
import type { EngagementInput } from '../../contract/engagement.ts'
import type { Attachment, MailedAnswer, Normalised, RawEvent, Receipt } from '../channel.ts'
import { answerTokenIn } from './answer-token.ts'
import { isMailAddress } from './address.ts'
import { cleanLine, cleanText } from './clean-line.ts'
import { foldQuotes } from './fold-quotes.ts'
import { htmlToText } from './html-to-text.ts'
import { whyAutomatic } from './is-automatic.ts'
import { readAuthentication, type Authentication } from './mail-authentication.ts'
import { mailedNotice } from './mailed-notice.ts'
import { readAttachments } from './mail-attachments.ts'
import { headersOf, mailboxesOf, messageIdsOf, readMail } from './read-mail.ts'
import { readReport } from './read-report.ts'

export interface OwnMailbox {
  /** Our address, in small letters. */
  readonly address: string
  /** The name under which our server writes Authentication-Results; empty where none is trusted. */
  readonly authserv: string
}

const longestText = 100_000
const longestSubject = 998
const mostAncestors = 20
/** Clocks of senders may be so much ahead. */
const skewMs = 10 * 60_000
const firstMail = Date.UTC(1990, 0, 1)

export async function normaliseMail(event: RawEvent, own: OwnMailbox): Promise<Normalised> {
  const read = await readMail(event.body)
  if (read === null) return { activities: [], unknown: ['mail that cannot be read at all'] }
  const { mail } = read
  const at = timeOf(mail, event.at)
  const report = readReport(mail, at)
  if (report?.receipt != null) return reported(report.receipt, read.unread)
  const sender = senderOf(mail, own)
  if (sender === null) return { activities: [], unknown: [...read.unread, 'mail without a sender'] }
  const facts = { mail, at, own, sender, isSent: event.facts?.['folder'] === 'sent' }
  if (facts.isSent && isAsking(mail, own)) return { activities: [], ...unknownOf(read.unread) }
  const answer = memberAnswer(facts)
  if (answer !== null) return { activities: [], mailedAnswers: [answer], ...unknownOf(read.unread) }
  const notice = facts.isSent ? null : mailedNotice(mail, sender, { at, own: own.address })
  if (notice?.result === 'notice') return { activities: [notice.engagement], ...unknownOf(read.unread) }
  const strange = notice?.result === 'unknown-layout' ? [`notice of ${notice.network}`] : []
  const isFlood = event.facts?.['flood'] === 'yes'
  const activity = activityOf(facts, report !== null || isFlood)
  const { attachments, leftOut } = readAttachments(mail, activity.externalId)
  return {
    activities: [activity],
    ...attachedOf(attachments),
    ...unknownOf([...read.unread, ...leftOut, ...strange]),
  }
}

function reported(receipt: Receipt, unread: readonly string[]): Normalised {
  return { activities: [], receipts: [receipt], ...unknownOf(unread) }
}

function attachedOf(attachments: readonly Attachment[]): Pick<Normalised, 'attachments'> {
  return attachments.length === 0 ? {} : { attachments }
}

function unknownOf(unknown: readonly string[]): Pick<Normalised, 'unknown'> {
  return unknown.length === 0 ? {} : { unknown }
}

// Who and when ------------------------------------------------------------------------------------------------------

interface Sender {
  readonly address: string
  readonly name: string
  /** The From address is ours. */
  readonly isOurs: boolean
  readonly authentication: Authentication
}

interface MailFacts {
  readonly mail: Email
  readonly at: number
  readonly own: OwnMailbox
  readonly sender: Sender
  /** It lies among the mails that we sent. */
  readonly isSent: boolean
}

/**
 * Who wrote it. A web form that sends in our own name says in Reply-To who filled it in; nobody vouches for that. Of
 * several From addresses none is verified.
 */
function senderOf(mail: Email, own: OwnMailbox): Sender | null {
  const [from] = [...mailboxesOf(mail.from), ...mailboxesOf(mail.sender)]
  if (from === undefined || !isMailAddress(from.address)) return null
  const isOurs = from.address === own.address
  const froms = headersOf(mail, 'from')
  const isAlone = froms.length === 1 && mailboxesOf(addressParser(froms[0] ?? '')).length === 1
  const authentication = readAuthentication(mail, isAlone ? own.authserv : '', from.address)
  return { address: from.address, name: nameOf(from), isOurs, authentication }
}

function nameOf({ name, address }: Mailbox): string {
  const plain = cleanLine(name, 200)
  return plain === address ? '' : plain
}

/** The time that its writer gives, unless that lies ahead of its arrival; then the arrival. */
function timeOf(mail: Email, arrivedAt: number | null): number {
  const written = Date.parse(mail.date ?? '')
  const isSound = written >= firstMail && (arrivedAt === null || written <= arrivedAt + skewMs)
  if (isSound) return written
  return arrivedAt ?? firstMail
}

// What is said ------------------------------------------------------------------------------------------------------

function activityOf(facts: MailFacts, isMachine: boolean): EngagementInput {
  const { mail, at, own, sender } = facts
  const isOut = facts.isSent && sender.isOurs
  const text = textOf(mail)
  const subject = cleanLine(mail.subject ?? '', longestSubject)
  const [parent, ...ancestors] = parentsOf(mail)
  const author = isOut ? { externalId: own.address, handle: own.address } : authorOf(facts)
  return {
    type: 'Create',
    kind: 'Message',
    source: 'email',
    channel: 'email',
    externalId: externalIdOf(mail, sender.address),
    direction: isOut ? 'out' : 'in',
    author: { ...author, ...(sender.name === '' ? {} : { name: sender.name }) },
    presence: own.address,
    mentions: recipientsOf(mail, own),
    closedCircle: true,
    visibility: 'direct',
    ...(parent === undefined ? {} : { parentExternalId: parent }),
    ...(ancestors.length === 0 ? {} : { ancestorExternalIds: ancestors }),
    ...(subject === '' ? {} : { subject }),
    text,
    media: [],
    publishedAt: new Date(at).toISOString(),
    automatic: isMachine || isAutomatic(facts, isOut),
  }
}

function authorOf({ mail, sender, own }: MailFacts): EngagementInput['author'] {
  const [asked] = mailboxesOf(mail.replyTo).filter(({ address }) => address !== own.address)
  const isForm = sender.isOurs && asked !== undefined && isMailAddress(asked.address)
  if (isForm) return { externalId: asked.address, handle: asked.address }
  const { address, authentication } = sender
  const isVerified = authentication.isVerified && !sender.isOurs
  return { externalId: address, handle: address, ...(isVerified ? { verifiedEmail: address } : {}) }
}

/** What comes in with our own name on it, and is no web form, is an echo of ours or somebody in disguise. */
function isAutomatic({ mail, sender, own }: MailFacts, isOut: boolean): boolean {
  if (whyAutomatic(mail, sender.address) !== null) return true
  const isForm = mailboxesOf(mail.replyTo).some(({ address }) => address !== own.address)
  return sender.isOurs && !isOut && !isForm
}

/** As imports of mail files name a mail without a name, so that the same mail is the same by both ways. */
function externalIdOf(mail: Email, from: string): string {
  const [id] = messageIdsOf(mail.messageId)
  return id ?? `no-id:${mail.date ?? ''}:${from}:${mail.subject ?? ''}`.toWellFormed().slice(0, 512)
}

/** What it answers, nearest first: In-Reply-To, then References from the last on. */
function parentsOf(mail: Email): readonly string[] {
  const answered = messageIdsOf(mail.inReplyTo).slice(0, 1)
  const before = messageIdsOf(mail.references).toReversed()
  const own = messageIdsOf(mail.messageId)[0]
  const all = [...new Set([...answered, ...before])].filter((id) => id !== own)
  return all.slice(0, mostAncestors)
}

function recipientsOf(mail: Email, own: OwnMailbox): string[] {
  const all = [...mailboxesOf(mail.to), ...mailboxesOf(mail.cc)].map(({ address }) => address)
  const others = all.filter((address) => address !== own.address && isMailAddress(address))
  return [...new Set(others)].slice(0, 100)
}

/** The new words: of the plain text where the mail has one worth the name, else of what its HTML shows. */
export function textOf(mail: Email): string {
  return cleanText(foldQuotes(wholeTextOf(mail)).text, longestText).trim()
}

/** The new words and nothing but them; nothing where a mail only repeats others. */
function newWordsOf(mail: Email): string {
  const { text, isOldOnly } = foldQuotes(wholeTextOf(mail))
  return isOldOnly ? '' : cleanText(text, longestText).trim()
}

function wholeTextOf(mail: Email): string {
  const plain = cleanText(mail.text ?? '', longestText * 2).trim()
  const isPlain = plain.length > 0 && !(mail.html !== undefined && plain.length < 3)
  return isPlain || mail.html === undefined ? plain : cleanText(htmlToText(mail.html), longestText * 2)
}

// Members who answer ------------------------------------------------------------------------------------------------

/** An answer to a mail of ours that asked a member to answer; machines answer nothing. */
function memberAnswer(facts: MailFacts): MailedAnswer | null {
  const { mail, own, sender } = facts
  if (facts.isSent || whyAutomatic(mail, sender.address) !== null) return null
  const token = answerTokenIn({
    receivers: [...mailboxesOf(mail.to), ...mailboxesOf(mail.cc)].map(({ address }) => address),
    messageIds: parentsOf(mail),
    own: own.address,
  })
  if (token === null) return null
  const { dmarc, isVerified } = sender.authentication
  return {
    token,
    from: sender.address,
    sender: senderState(dmarc, isVerified),
    externalId: externalIdOf(mail, sender.address),
    text: newWordsOf(mail),
    at: facts.at,
  }
}

/** Mails of ours that ask a member are no words to a customer. */
function isAsking(mail: Email, own: OwnMailbox): boolean {
  const messageIds = messageIdsOf(mail.messageId)
  return answerTokenIn({ receivers: [], messageIds, own: own.address }) !== null
}

function senderState(dmarc: string | null, isVerified: boolean): MailedAnswer['sender'] {
  if (isVerified) return 'verified'
  return dmarc === 'fail' ? 'refuted' : 'unknown'
}
