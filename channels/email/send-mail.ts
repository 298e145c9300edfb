// An answer leaves by SMTP and a copy is filed among the sent mails. SMTP cannot be asked what it took, so the
// connection remembers each key from the moment its mail begins to leave: what began and was not refused is never sent
// again.
import type { Act, Acted, CanAct, Command, ReadBack, Target } from '../acting.ts'
import type { ChannelError } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { previewText } from '../text-length.ts'
import { isMailAddress } from './address.ts'
import { askingMessageId, askingReplyTo } from './answer-token.ts'
import { composeMail, messageIdFor, type Mail } from './compose-mail.ts'
import { authError } from './imap-failure.ts'
import { mailboxManifest } from './mailbox-manifest.ts'
import type { MailboxSettings } from './mailbox-settings.ts'
import { quoteParent } from './quote-parent.ts'
import { readFailure } from './read-failure.ts'
import { fileCopy, findSent } from './sent-copy.ts'
import { dropMark, forgetOld, readMark, writeMark } from './sent-marks.ts'
import { buildMail, sendRaw, type SmtpServer } from './smtp-session.ts'

const connectMs = 15_000

export function smtpServerOf(settings: MailboxSettings): SmtpServer {
  const { smtp, signIn, user, ca } = settings
  return {
    host: smtp.host,
    port: smtp.port,
    isSecure: smtp.security === 'tls',
    needsTls: smtp.security !== 'none',
    user,
    password: signIn.kind === 'password' ? signIn.password : null,
    ...(signIn.kind === 'oauth2' ? { accessToken: signIn.accessToken } : {}),
    ca,
  }
}

export function canMail(target: Target, act: Act = 'reply'): CanAct {
  if (act !== 'reply' && act !== 'notice') return no('mail knows answers and notices only')
  if (target.address === null || !isMailAddress(target.address)) {
    return no('no mail address of this person is known')
  }
  if (target.isOptedOut === true) return no('this person does not want mail from us')
  return { can: true, until: null }
}

function no(reason: string): CanAct {
  return { can: false, reason, until: null }
}

export async function sendMail(
  ports: Ports,
  settings: MailboxSettings,
  command: Command,
  key: string,
): Promise<Acted> {
  const refusal = whyNot(command)
  if (refusal !== null) return refusal
  const mark = await readMark(ports.store, key)
  const mail = await compose(ports, settings, command, key)
  return mark === null
    ? send(ports, settings, mail, { key, isFiled: command.what === 'reply' })
    : sentBefore(ports, settings, mail.messageId, key)
}

function whyNot({ what, target, text }: Command): Acted | null {
  const allowed = canMail(target, what)
  if (!allowed.can) return { result: 'refused', error: errorOf(what, target), detail: allowed.reason }
  const [tooLong] = previewText(text, mailboxManifest.text).warnings
  return tooLong === undefined ? null : { result: 'refused', error: 'content.rejected', detail: tooLong }
}

function errorOf(what: Act, { isOptedOut }: Target): ChannelError {
  if (what !== 'reply' && what !== 'notice') return 'scope.missing'
  return isOptedOut === true ? 'target.forbidden' : 'target.gone'
}

async function compose(
  ports: Ports,
  settings: MailboxSettings,
  command: Command,
  key: string,
): Promise<Mail> {
  const { address } = settings
  const mail = composeMail(command, key, address)
  const { answerToken } = command
  if (answerToken !== undefined) {
    const domain = address.slice(address.lastIndexOf('@') + 1)
    const replyTo = askingReplyTo(answerToken, address)
    return { ...mail, messageId: askingMessageId(answerToken, key, domain), replyTo }
  }
  if (!settings.quotes || mail.inReplyTo === undefined) return mail
  return { ...mail, text: mail.text + (await quoteParent(ports, settings, mail.inReplyTo)) }
}

async function send(
  ports: Ports,
  settings: MailboxSettings,
  mail: Mail,
  { key, isFiled }: { readonly key: string; readonly isFiled: boolean },
): Promise<Acted> {
  const { host, port } = settings.smtp
  const now = ports.clock.now()
  const raw = await buildMail(mail, new Date(now))
  const mark = (state: 'begun' | 'done') => writeMark(ports.store, key, { state, at: now })
  const acted = await transmit(settings, async () => {
    const socket = await ports.socket.connect({ host, port, timeoutMs: connectMs })
    return sendRaw(socket, smtpServerOf(settings), { ...mail, raw, onBegun: () => mark('begun') })
  })
  if (acted.result === 'refused') await dropMark(ports.store, key)
  if (acted.result !== 'done') return acted
  await mark('done')
  await forgetOld(ports.store, now)
  const copy = isFiled ? await fileCopy(ports, settings, mail.messageId, raw) : ''
  return { ...acted, detail: `${acted.detail}${copy}` }
}

async function transmit(settings: MailboxSettings, work: () => Promise<Acted>): Promise<Acted> {
  const acted = await work().catch((error: unknown) => readFailure(error, false))
  if (acted.result !== 'refused' || acted.error !== 'auth.revoked') return acted
  return { ...acted, error: authError(settings.signIn) }
}

/** It began to leave under this key before: what became of it is looked up, and nothing is sent. */
async function sentBefore(
  ports: Ports,
  settings: MailboxSettings,
  messageId: string,
  key: string,
): Promise<Acted> {
  const found = await findOut(ports, settings, messageId, key)
  if (typeof found === 'object') return { result: 'done', networkId: messageId, detail: 'sent before' }
  return { result: 'unknown', detail: 'It began to leave before; whether it arrived nobody can say.' }
}

export async function readSent(
  ports: Ports,
  settings: MailboxSettings,
  command: Command,
  key: string,
): Promise<ReadBack> {
  const { address } = settings
  const domain = address.slice(address.lastIndexOf('@') + 1)
  const { answerToken } = command
  const messageId =
    answerToken === undefined ? messageIdFor(key, address) : askingMessageId(answerToken, key, domain)
  return findOut(ports, settings, messageId, key)
}

async function findOut(
  ports: Ports,
  settings: MailboxSettings,
  messageId: string,
  key: string,
): Promise<ReadBack> {
  const mark = await readMark(ports.store, key)
  if (mark === null) return 'absent'
  if (mark.state === 'done') return { networkId: messageId }
  if (!(await findSent(ports, settings, messageId))) return 'cannot-say'
  await writeMark(ports.store, key, { ...mark, state: 'done' })
  return { networkId: messageId }
}
