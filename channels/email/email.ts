import type { Acted, CanAct, Command, Target } from '../acting.ts'
import type { Channel, Plug } from '../channel.ts'
import type { Manifest } from '../manifest.ts'
import type { Ports } from '../ports.ts'
import { previewText } from '../text-length.ts'
import { isMailAddress } from './address.ts'
import { composeMail, messageIdFor } from './compose-mail.ts'
import { mailMedia } from './mail-media.ts'
import { readFailure } from './read-failure.ts'
import { readSmtpUrl, sendOver, type SmtpServer } from './smtp-session.ts'

const manifest: Manifest = {
  id: 'email',
  title: 'E-mail',
  channel: 'email',
  source: 'email',
  connects: 'all-presences',
  delivers: 'by-the-network',
  listens: [],
  capabilities: {
    listen: { level: 'none', reason: 'a mailbox is connected as a presence of its own' },
    backfill: { level: 'none', reason: 'a mailbox is connected as a presence of its own' },
    reply: { level: 'full' },
    notify: { level: 'full' },
    post: { level: 'none', reason: 'mail goes to somebody' },
    react: { level: 'none', reason: 'mail knows no signs' },
    direct: { level: 'full' },
    edit: { level: 'none', reason: 'a mail that left cannot be changed' },
    delete: { level: 'none', reason: 'a mail that left cannot be taken back' },
    deletions: { level: 'none', reason: 'a mail that arrived is not taken back' },
    media: { level: 'full' },
    receipts: { level: 'none', reason: 'SMTP only hands over' },
    readBack: { level: 'none', reason: 'SMTP only hands over; it cannot be asked what arrived' },
  },
  text: { unit: 'bytes', max: 1_000_000 },
  media: mailMedia,
  pace: { pollMs: 60_000, silentAfterMs: null },
  budget: null,
  connect: { steps: [], permissions: [], fields: [] },
  provenOn: 'real-server',
}

const connectMs = 15_000

/** E-mail out by SMTP. A mail is one act; its Message-ID follows from the key. */
export const email: Plug = {
  manifest,
  open(ports, { smtp }) {
    return smtp === undefined ? null : openEmail(ports, readSmtpUrl(smtp.url), smtp.from)
  },
}

function openEmail(ports: Ports, server: SmtpServer, from: string): Channel {
  return {
    manifest,
    canAct,
    preview: (text) => previewText(text, manifest.text),
    nameFor: (key) => messageIdFor(key, from),
    act: (command, key) => act(ports, server, command, { key, from }),
    readBack: async () => 'cannot-say',
  }
}

function canAct(target: Target): CanAct {
  if (target.address !== null && isMailAddress(target.address)) return { can: true }
  return { can: false, reason: 'no mail address of this person is known', until: null }
}

async function act(
  ports: Ports,
  server: SmtpServer,
  command: Command,
  { key, from }: { readonly key: string; readonly from: string },
): Promise<Acted> {
  const allowed = canAct(command.target)
  if (!allowed.can) return { result: 'refused', error: 'target.gone', detail: allowed.reason }
  const mail = composeMail(command, key, from)
  const { host, port } = server
  try {
    const socket = await ports.socket.connect({ host, port, timeoutMs: connectMs })
    return await sendOver(socket, server, mail, new Date(ports.clock.now()))
  } catch (error) {
    return readFailure(error, false)
  }
}
