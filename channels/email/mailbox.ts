// A mailbox of ours: in by IMAP, out by SMTP.
import { ChannelFailure, type Channel, type Plug } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { previewText } from '../text-length.ts'
import { backfillMailbox } from './backfill-mailbox.ts'
import { checkMailbox } from './check-mailbox.ts'
import { messageIdFor } from './compose-mail.ts'
import { inertDocument } from './inert-document.ts'
import { mailboxManifest as manifest } from './mailbox-manifest.ts'
import { readMailboxSettings, type MailboxSettings } from './mailbox-settings.ts'
import { normaliseMail } from './normalise-mail.ts'
import { refreshToken } from './refresh-token.ts'
import { canMail, readSent, sendMail } from './send-mail.ts'
import { beginMailbox, watchMailbox } from './watch-mailbox.ts'

export const mailbox: Plug = {
  manifest,
  open(ports, _settings, link) {
    if (link === null) return null
    const settings = readMailboxSettings(link)
    return 'problem' in settings ? openMisconfigured(settings.problem) : openMailbox(ports, settings)
  },
  original: (event) => inertDocument(event.body),
}

function openMailbox(ports: Ports, settings: MailboxSettings): Channel {
  const { signIn } = settings
  const canRefresh = signIn.kind === 'oauth2' && signIn.refreshToken !== ''
  return {
    manifest,
    check: () => checkMailbox(ports, settings),
    ...(canRefresh ? { refresh: () => refreshToken(ports, signIn) } : {}),
    stream: (cursor, signal) => watchMailbox(ports, settings, cursor, signal),
    begin: (signal) => beginMailbox(ports, settings, signal),
    backfill: (cursor, limit) => backfillMailbox(ports, settings, cursor, limit),
    normalise: (event) => normaliseMail(event, settings),
    canAct: (target, _now, act) => canMail(target, act),
    preview: (text) => previewText(text, manifest.text),
    nameFor: (key) => messageIdFor(key, settings.address),
    act: (command, key) => sendMail(ports, settings, command, key),
    readBack: (command, key) => readSent(ports, settings, command, key),
  }
}

/** What a member gave is not enough: it says so, and does nothing. */
function openMisconfigured(problem: string): Channel {
  const fail = (): never => {
    throw new ChannelFailure('scope.missing', problem)
  }
  return {
    manifest,
    check: async () => ({ state: 'misconfigured', detail: problem }),
    stream: fail,
    backfill: async () => fail(),
    normalise: fail,
    canAct: () => ({ can: false, reason: problem, until: null }),
    preview: (text) => previewText(text, manifest.text),
    nameFor: () => null,
    act: async () => ({ result: 'refused', error: 'scope.missing', detail: problem }),
    readBack: async () => 'cannot-say',
  }
}
