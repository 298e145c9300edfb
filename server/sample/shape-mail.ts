import { phrases } from './scripts/phrases.ts'
import type { SampleLanguage } from './scripts/script.ts'

export interface MailShape {
  readonly signed: string
  readonly isFirst: boolean
  readonly isOurs: boolean
  readonly language: SampleLanguage
}

/** A mail around what is said: greeting and closing in the first one and in ours, a name below the others. */
export function shapeMail(text: string, { signed, isFirst, isOurs, language }: MailShape): string {
  const { mailGreeting, mailClosing, ourMailClosing } = phrases[language]
  const first = signed.split(' ')[0] ?? signed
  if (isOurs) return `${text}\n\n${ourMailClosing}\n${first}`
  if (!isFirst) return `${text}\n\n${first}`
  // The name decides, so that people keep their manners.
  const greeting = mailGreeting[signed.length % mailGreeting.length] ?? ''
  const closing = mailClosing[signed.length % mailClosing.length] ?? ''
  return `${greeting}\n\n${text}\n\n${closing}\n${signed}`
}
