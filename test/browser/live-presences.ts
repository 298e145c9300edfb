// Connected accounts for the pictures: a real mail server and two twins, whose clocks show the time of the pictures.
import MailComposer from 'nodemailer/lib/mail-composer'
import type { HookRequest, Link } from '../../channels/channel.ts'
import { startMailWorld, type MailWorld } from '../peers/dovecot/mail-world.ts'
import { openTelegramBackend } from '../peers/twins/telegram/backend.ts'
import { openWhatsappBackend } from '../peers/twins/whatsapp/backend.ts'
import type { HttpClient } from '../http-client.ts'

export interface LivePresences {
  /** `host:port` of what the server must be allowed to reach. */
  readonly trusted: readonly string[]
  /** Connects the accounts, lets customers write, and answers one of them. */
  join(url: string, owner: HttpClient): Promise<void>
  close(): Promise<void>
}

const helpDesk = 'help@tarnwheel.example'

/** `now` in milliseconds since 1970: the time that the pictures show. */
export async function openLivePresences(now: () => number): Promise<LivePresences> {
  const ahead = now() - Date.now()
  const [mails, telegram, whatsapp] = await Promise.all([
    startMailWorld({ signIn: 'password', security: 'tls', address: helpDesk }),
    openTelegramBackend(ahead),
    openWhatsappBackend(ahead),
  ])
  const twins = [
    { id: 'telegram', backend: telegram },
    { id: 'whatsapp', backend: whatsapp },
  ]
  return {
    trusted: [...mails.trusted, ...twins.map(({ backend }) => hostOf(backend.link))],
    async join(url, owner) {
      await connect(owner, 'mailbox', mails.link)
      for (const { id, backend } of twins) {
        const connection = await connect(owner, id, backend.link)
        const hook = await owner.call('GET', `/connections/${connection}/hook`)
        backend.onPush?.((push) => pushTo(url + new URL(hook.url).pathname, push))
      }
      const [rosa, sefa] = await Promise.all([
        telegram.newCustomer('Rosa'),
        whatsapp.newCustomer('Sefa Dorn'),
      ])
      await write(mails, new Date(now() - 90_000))
      await rosa.say('Hi! Is the Tarn Mini allowed on the night train, folded?')
      await sefa.say('The app says my order is delivered, but nothing is here. #4471')
      await answered(owner, 'Sefa Dorn')
      await sefa.inbox()
    },
    async close() {
      await Promise.all([mails.close(), ...twins.map(({ backend }) => backend.close())])
    },
  }
}

function hostOf({ config }: Link): string {
  return new URL(config['server'] ?? config['graph'] ?? '').host
}

async function connect(owner: HttpClient, channel: string, { config, secrets }: Link): Promise<string> {
  const made = await owner.call('POST', '/connections', { channel, function: 'service', config, secrets })
  if (made.state !== 'live') throw new Error(`${channel}: ${made.state}, ${made.detail}`)
  return made.id
}

async function pushTo(url: string, { method, headers, query, body }: HookRequest): Promise<number> {
  const at = new URL(url)
  for (const [name, value] of Object.entries(query)) at.searchParams.set(name, value)
  const response = await fetch(at, { method, headers, body: Buffer.from(body) })
  return response.status
}

async function write(mails: MailWorld, date: Date): Promise<void> {
  const address = 'nadia.okafor@customers.example'
  const raw = await new MailComposer({
    from: { name: 'Nadia Okafor', address },
    to: helpDesk,
    subject: 'Charger smells burnt',
    date,
    text: 'Hello,\n\nthe charger of my Tarn One smells burnt and gets too hot to hold. I have unplugged it. May I ride with what is left in the battery, and how do I get a new charger?\n\nNadia Okafor',
  })
    .compile()
    .build()
  await mails.dovecot.deliver({ from: address, to: [helpDesk], raw })
}

/** Waits until the person's case is there, and answers it. */
async function answered(owner: HttpClient, name: string): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const { items } = await owner.call('GET', '/cases?view=open&sort=newest&limit=20')
    const found = items.find((each: { person: { name: string } }) => each.person.name === name)
    if (found !== undefined) {
      const text = 'Hello Sefa, I am sorry. I have asked the carrier where it was left, and tell you by four.'
      const key = crypto.randomUUID()
      const guard = { lastSeenEngagementId: null, sendAnyway: true }
      await owner.call('POST', `/cases/${found.id}/answers`, { text, key, ...guard })
      return
    }
    await new Promise((done) => setTimeout(done, 500))
  }
  throw new Error(`${name} was not heard within half a minute.`)
}
