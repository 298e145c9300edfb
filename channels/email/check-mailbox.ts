import { ChannelFailure, type Account, type Checked } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { isUntrusted } from './imap-failure.ts'
import { findSentFolder, withImap } from './imap-session.ts'
import type { MailboxSettings } from './mailbox-settings.ts'
import { readFailure } from './read-failure.ts'
import { smtpServerOf } from './send-mail.ts'
import { signInOnly } from './smtp-session.ts'

const connectMs = 15_000
const ownCertificate =
  'If the server made its certificate itself, give that certificate under "Certificate authority".'

type Failed = Exclude<Checked, { readonly state: 'ok' }>

interface Found {
  readonly mails: number
  readonly sentFolder: string | null
  readonly canIdle: boolean
}

function accountOf({ address }: MailboxSettings): Account {
  return { id: address, handle: address, name: address, url: `mailto:${address}`, avatarUrl: null }
}

/** Signs in at both servers and looks at the folders; sends and files nothing. */
export async function checkMailbox(ports: Ports, settings: MailboxSettings): Promise<Checked> {
  const [inbox, outbox] = await Promise.all([checkImap(ports, settings), checkSmtp(ports, settings)])
  if ('state' in inbox) return inbox
  if (outbox !== null) return outbox
  const { mails, sentFolder, canIdle } = inbox
  const sent = sentFolder === null ? 'There is no folder of sent mails.' : `Sent mails lie in ${sentFolder}.`
  return {
    state: 'ok',
    account: accountOf(settings),
    detail: `${settings.folder} holds ${mails} mails. ${sent}`,
    permissions: [
      `read ${settings.folder}`,
      canIdle
        ? 'be told at once what arrives (IDLE)'
        : 'ask once a minute what arrived; the server knows no IDLE',
      ...(sentFolder === null ? [] : [`read and add to ${sentFolder}`]),
      `send as ${settings.address}`,
    ],
  }
}

async function checkImap(ports: Ports, settings: MailboxSettings): Promise<Found | Failed> {
  try {
    return await withImap(ports, settings, async (client) => {
      const { exists } = await client.mailboxOpen(settings.folder, { readOnly: true })
      const sentFolder = await findSentFolder(client, settings)
      return { mails: exists, sentFolder, canIdle: client.capabilities.has('IDLE') }
    })
  } catch (error) {
    return failedImap(error)
  }
}

function failedImap(error: unknown): Failed {
  if (!(error instanceof ChannelFailure)) throw error
  const detail = error.message
  if (isUntrusted(error.cause)) return { state: 'misconfigured', detail: `${detail} ${ownCertificate}` }
  if (error.code.startsWith('auth.')) return { state: 'needs-reauth', detail }
  if (error.code === 'target.gone') return { state: 'misconfigured', detail }
  if (error.code === 'target.forbidden') return { state: 'missing-scope', detail }
  return { state: 'unreachable', detail }
}

/** Null where the server lets us in. */
async function checkSmtp(ports: Ports, settings: MailboxSettings): Promise<Failed | null> {
  const { host, port } = settings.smtp
  try {
    const socket = await ports.socket.connect({ host, port, timeoutMs: connectMs })
    await signInOnly(socket, smtpServerOf(settings))
    return null
  } catch (error) {
    const acted = readFailure(error, false)
    const detail = `${acted.detail} (sending)`
    if (isUntrusted(error)) return { state: 'misconfigured', detail: `${detail} ${ownCertificate}` }
    const isAuth = acted.result === 'refused' && acted.error.startsWith('auth.')
    return { state: isAuth ? 'needs-reauth' : 'unreachable', detail }
  }
}
