// The other side of a mailbox, for the kit: customers write to it through Dovecot's LMTP, and read what the submission
// server took for them.
import { randomBytes } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer'
import type { Email } from 'postal-mime'
import type { Backend, Customer, Fault, Said, Seen } from '../../../channels/conformance/backend.ts'
import { mailbox } from '../../../channels/email/mailbox.ts'
import type { LineFault } from './bad-line.ts'
import { openTestPorts } from '../../ports.ts'
import { ourAddress, startMailWorld, type MailWorld, type WorldOptions } from './mail-world.ts'

export async function openBackend(
  options: WorldOptions = { signIn: 'oauth2', security: 'tls', filesByItself: true },
): Promise<Backend> {
  const world = await startMailWorld(options)
  const customer = customersOf(world)
  return {
    kind: 'real-server',
    plug: mailbox,
    ports: openTestPorts({ trusted: world.trusted }),
    settings: { smtp: undefined },
    link: world.link,
    newCustomer: async (name) => customer(name),
    fault: (fault) => setFault(world, fault),
    close: () => world.close(),
  }
}

/** Makes customers of a world, each with an address of its own. */
export function customersOf(world: MailWorld): (name: string) => Customer {
  let customers = 0
  return (name) => newCustomer(world, name, (customers += 1))
}

interface Letter {
  readonly text: string
  readonly inReplyTo?: string
  readonly attachments?: readonly {
    readonly filename: string
    readonly contentType: string
    readonly content: Buffer
  }[]
}

function newCustomer(world: MailWorld, name: string, number: number): Customer {
  const address = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${number}@customers.example`
  async function write({ text, inReplyTo, attachments }: Letter): Promise<Said> {
    const externalId = `${randomBytes(12).toString('hex')}@customers.example`
    const raw = await new MailComposer({
      from: { name, address },
      to: ourAddress,
      subject: inReplyTo === undefined ? 'A question' : 'Re: A question',
      messageId: externalId,
      text,
      ...(inReplyTo === undefined ? {} : { inReplyTo, references: [inReplyTo] }),
      ...(attachments === undefined ? {} : { attachments: [...attachments] }),
    })
      .compile()
      .build()
    await world.dovecot.deliver({ from: address, to: [ourAddress], raw })
    return { externalId }
  }
  return {
    handle: address,
    name,
    say: (text) => write({ text }),
    reply: (to, text) => write({ text, inReplyTo: to.externalId }),
    direct: (text) => write({ text }),
    attach: (text, { name: filename, mediaType, bytes }) =>
      write({ text, attachments: [{ filename, contentType: mediaType, content: Buffer.from(bytes) }] }),
    inbox: async () => world.smtp.kept.filter((mail) => isTo(mail, address)).map(seenOf),
  }
}

function isTo(mail: Email, address: string): boolean {
  return (mail.to ?? []).some((to) => to.address === address)
}

function seenOf(mail: Email): Seen {
  return {
    text: mail.text ?? '',
    below: mail.inReplyTo?.replaceAll(/[<>]/g, '') ?? null,
    isPrivate: (mail.to ?? []).length === 1 && mail.cc === undefined,
  }
}

function setFault({ smtp, tokens, ...world }: MailWorld, fault: Fault | null): void {
  smtp.fault = fault?.kind === 'lose-answer' ? { at: 'kept', then: 'drop' } : null
  if (fault?.kind === 'token-expired') return tokens?.set('expired')
  if (fault?.kind === 'token-revoked') return tokens?.set('revoked')
  tokens?.set('well')
  world.lineFault(isLineFault(fault) ? fault : null)
}

function isLineFault(fault: Fault | null): fault is LineFault {
  return fault !== null && ['html-error', 'half-answer', 'cut', 'refuse', 'slow'].includes(fault.kind)
}
