// Whether a mail that came in may become the answer of a member. The token says which case and which member was asked;
// the sender must be that member; and a mail whose sender was refuted is nobody's, whatever it bears.
import { roleAllows, type Role } from '../../contract/policy.ts'

export interface AskedMember {
  readonly email: string
  readonly role: Role
  readonly isActive: boolean
  readonly askedAt: number
}

export interface MailedWords {
  readonly from: string
  readonly sender: 'verified' | 'unknown' | 'refuted'
  readonly text: string
}

export type Judged = { readonly ok: true } | { readonly ok: false; readonly reason: string }

const lastsMs = 7 * 24 * 3_600_000

export function judgeMailAnswer(asked: AskedMember, mail: MailedWords, now: number): Judged {
  if (mail.from.toLowerCase() !== asked.email.toLowerCase())
    return no('it came from another address than yours')
  if (mail.sender === 'refuted') return no('your mail server says that it is not from you')
  if (!asked.isActive || !roleAllows(asked.role, 'cases.answer')) return no('you do not answer here any more')
  if (now > asked.askedAt + lastsMs) return no('you were asked more than seven days ago')
  if (mail.text.trim() === '') return no('it held no words of its own')
  return { ok: true }
}

function no(reason: string): Judged {
  return { ok: false, reason }
}
