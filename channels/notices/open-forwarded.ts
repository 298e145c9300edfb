import { htmlToText } from '../../lib/text/html-to-text.ts'
import type { NoticeMail } from './layout.ts'

/** The head that mail programs set above what they forward, in some languages. */
const from = /^\s*\**(From|Von|De|Da|Van)\**:\**\s+(.*)$/
const subject = /^\s*\**(Subject|Betreff|Objet|Asunto|Oggetto|Onderwerp)\**:\**\s+(.*)$/
const headLines = 8

/** The mail within a mail that was sent on by hand; null where there is none. Its headers were left behind. */
export function openForwarded(mail: NoticeMail): NoticeMail | null {
  if (!/^(fwd?|wg|tr|rv|i|doorst)\s*:/i.test(mail.subject)) return null
  const lines = (mail.text.trim() === '' ? htmlToText(mail.html) : mail.text).split('\n')
  const start = lines.findIndex((line) => from.test(line))
  if (start < 0) return null
  const head = lines.slice(start, start + headLines)
  const named = from.exec(head[0] ?? '')?.[2] ?? ''
  const about = head.findIndex((line) => subject.test(line))
  const address = /<?([^\s<>@]+@[^\s<>]+?)>?\s*$/.exec(named)?.[1]
  if (address === undefined || about < 0) return null
  const end = lines.slice(start).findIndex((line, index) => index > about && line.trim() === '')
  if (end < 0) return null
  return {
    ...mail,
    from: address.toLowerCase(),
    fromName: named.replace(/<.*$/, '').replaceAll('"', '').trim(),
    subject: (subject.exec(head[about] ?? '')?.[2] ?? '').trim(),
    text: lines.slice(start + end + 1).join('\n'),
    header: () => undefined,
  }
}
