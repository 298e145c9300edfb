// Headers after RFC 5322 3.6.4: In-Reply-To names the message answered, References what came before it, oldest first.
// RFC 3834: a notice is marked as automatic, so that no machine answers it; an answer by a person is not.
import type { Command } from '../acting.ts'
import { isMailAddress, isMessageId } from './address.ts'

export interface Mail {
  readonly from: { readonly name: string; readonly address: string }
  readonly to: string
  readonly replyTo: string | undefined
  readonly subject: string
  readonly text: string
  readonly messageId: string
  readonly inReplyTo: string | undefined
  readonly references: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  readonly attachments: readonly {
    readonly filename: string
    readonly contentType: string
    readonly content: Buffer
  }[]
}

/** The second is Exchange's own way to say the same. */
const noticeHeaders = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }
const mostReferences = 20
const answered = /^\s*(re|aw|sv|vs|antw|rif|ref|odp)\s*(\[\d+\])?\s*:/i

/** The Message-ID of an outbox row: the same at every try, so that servers and mailboxes see one mail. */
export function messageIdFor(key: string, from: string): string {
  return `${key}@${from.slice(from.lastIndexOf('@') + 1)}`
}

export function composeMail(command: Command, key: string, from: string): Mail {
  const { target, presence } = command
  const isNotice = command.what === 'notice'
  const parent = target.parentExternalId
  const inReplyTo = !isNotice && parent !== null && isMessageId(parent) ? parent : undefined
  const replyTo = presence !== null && isMailAddress(presence) && presence !== from ? presence : undefined
  return {
    from: { name: oneLine(command.speaker).slice(0, 200), address: from },
    to: target.address ?? '',
    replyTo: isNotice ? undefined : replyTo,
    subject: isNotice ? oneLine(target.subject ?? '') : replySubject(target.subject),
    text: command.text,
    messageId: messageIdFor(key, from),
    inReplyTo,
    references: isNotice ? [] : referencesOf(target.earlierExternalIds, inReplyTo),
    headers: isNotice ? noticeHeaders : {},
    attachments: (command.media ?? []).map(({ name, mediaType, bytes }) => ({
      filename: oneLine(name).slice(0, 200) || 'attachment',
      contentType: mediaType,
      content: Buffer.from(bytes),
    })),
  }
}

/** The first one and the newest ones where there are many, the message answered last. */
function referencesOf(earlier: readonly string[], inReplyTo: string | undefined): readonly string[] {
  const before = earlier.filter((id) => isMessageId(id) && id !== inReplyTo)
  const all = inReplyTo === undefined ? before : [...before, inReplyTo]
  const [first] = all
  if (first === undefined || all.length <= mostReferences) return all
  return [first, ...all.slice(1 - mostReferences)]
}

function replySubject(subject: string | null): string {
  const line = oneLine(subject ?? '')
  if (line === '') return 'Re: your message'
  return (answered.test(line) ? line : `Re: ${line}`).slice(0, 900)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
