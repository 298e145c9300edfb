// Mails that no person wrote to us: answers of machines, lists, bounces (RFC 3834, RFC 2919, RFC 2369, and what older
// programs write instead). They are kept and never answered, so that two machines never talk with one another.
import type { Email } from 'postal-mime'
import { headerOf, mailboxesOf } from './read-mail.ts'

const bulk = new Set(['bulk', 'junk', 'list', 'auto_reply'])
const signs = ['x-autoreply', 'x-autorespond', 'x-auto-response-suppress', 'list-id', 'list-unsubscribe']
const daemon = /^(mailer-daemon|postmaster|mail-daemon|bounce[sd]?)([+._-].*)?@/
const mute = /^(no-?reply|do-?not-?reply|noreply)([+._-].*)?@/

/** Why nobody waits for an answer to this mail; null where somebody may. */
export function whyAutomatic(mail: Email, from: string): string | null {
  const submitted = headerOf(mail, 'auto-submitted')?.toLowerCase()
  if (submitted !== undefined && !/^no\b/.test(submitted)) return 'auto-submitted'
  const precedence = headerOf(mail, 'precedence')?.toLowerCase()
  if (precedence !== undefined && bulk.has(precedence)) return `precedence ${precedence}`
  const sign = signs.find((name) => headerOf(mail, name) !== undefined)
  if (sign !== undefined) return sign
  if (headerOf(mail, 'return-path')?.replaceAll(/\s/g, '') === '<>') return 'empty return path'
  if (daemon.test(from)) return 'mail daemon'
  return mute.test(from) && mailboxesOf(mail.replyTo).length === 0 ? 'takes no answers' : null
}
