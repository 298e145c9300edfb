// A mail that a network wrote about what somebody said there; it comes in as that, not as a mail.
import type { Email } from 'postal-mime'
import { readNotice, type NoticeRead } from '../notices/read-notice.ts'
import type { Authentication } from './mail-authentication.ts'
import { headerOf } from './read-mail.ts'

interface Sender {
  readonly address: string
  readonly name: string
  readonly authentication: Authentication
}

/** A mail that our own house proves to have sent on by hand is looked into as well. */
export function mailedNotice(
  mail: Email,
  sender: Sender,
  { at, own }: { readonly at: number; readonly own: string },
): NoticeRead {
  const { address, name, authentication } = sender
  const isFromOurs = authentication.isVerified && domainOf(address) === domainOf(own)
  const read = readNotice(
    {
      from: address,
      fromName: name,
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html ?? '',
      header: (key) => headerOf(mail, key),
      messageId: mail.messageId ?? `${address}:${at}`,
      at,
    },
    { isRefuted: authentication.dmarc === 'fail', isFromOurs },
  )
  return read.result === 'notice' ? { ...read, engagement: { ...read.engagement, presence: own } } : read
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
