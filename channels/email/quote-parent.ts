import type { Ports } from '../ports.ts'
import { cleanLine } from './clean-line.ts'
import { withImap } from './imap-session.ts'
import type { MailboxSettings } from './mailbox-settings.ts'
import { textOf } from './normalise-mail.ts'
import { mailboxesOf, readMail } from './read-mail.ts'

const mostLines = 200
const mostBytes = 2 * 1024 * 1024

/** The mail answered, quoted to stand below the answer; nothing where it is not in the folder any more. */
export async function quoteParent(
  ports: Ports,
  settings: MailboxSettings,
  messageId: string,
): Promise<string> {
  try {
    const source = await withImap(ports, settings, async (client) => {
      await client.mailboxOpen(settings.folder, { readOnly: true })
      const query = { header: { 'message-id': `<${messageId}>` } }
      const uids = await client.search(query, { uid: true })
      const uid = Array.isArray(uids) ? uids.at(-1) : undefined
      if (uid === undefined) return undefined
      const source = { start: 0, maxLength: mostBytes }
      const found = await client.fetchOne(uid, { source }, { uid: true })
      return found === false || found === undefined ? undefined : found.source
    })
    return source === undefined ? '' : await quote(source)
  } catch (error) {
    ports.log.warn(
      { error: error instanceof Error ? error.message : 'unknown' },
      'a mail could not be quoted',
    )
    return ''
  }
}

async function quote(source: Buffer): Promise<string> {
  const read = await readMail(source)
  if (read === null) return ''
  const [from] = mailboxesOf(read.mail.from)
  const lines = textOf(read.mail).split('\n').slice(0, mostLines)
  const who = `${cleanLine(from?.name ?? '', 100)} <${from?.address ?? ''}>`.trim()
  const when = (read.mail.date ?? '').slice(0, 16).replace('T', ' ')
  return `\n\n${who}, ${when} UTC:\n${lines.map((line) => `> ${line}`.trimEnd()).join('\n')}\n`
}
