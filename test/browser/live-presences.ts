// Connected accounts for the pictures: a real mail server and two twins, whose clocks show the time of the pictures.
import MailComposer from 'nodemailer/lib/mail-composer'
import type { HookAnswer, HookRequest, Link } from '../../channels/channel.ts'
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
      await listens(owner, await connect(owner, 'mailbox', mails.link))
      for (const { id, backend } of twins) {
        const connection = connect(owner, id, backend.link)
        // The network asks at the hook before it takes it, while the account is being connected.
        const hook = connection.then((made) => owner.call('GET', `/connections/${made}/hook`))
        const push = async (request: HookRequest) => pushTo(url + new URL((await hook).url).pathname, request)
        backend.onChallenge?.(push)
        backend.onPush?.(async (request) => (await push(request)).status)
        await listens(owner, await connection)
        const { presence } = await owner.call('GET', `/connections/${await connection}`)
        await owner.call('PATCH', `/presences/${presence.id}`, { name: 'Tarnwheel' })
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
  const { id } = await owner.call('POST', '/connections', { channel, function: 'service', config, secrets })
  return id
}

/** Customers of a network that pushes are heard only from here on. */
async function listens(owner: HttpClient, id: string): Promise<void> {
  await until(`connection ${id} listens`, async () => {
    const { health } = await owner.call('GET', `/connections/${id}`)
    return health.listens ?? undefined
  })
}

async function pushTo(url: string, { method, headers, query, body }: HookRequest): Promise<HookAnswer> {
  const at = new URL(url)
  for (const [name, value] of Object.entries(query)) at.searchParams.set(name, value)
  const sent = method === 'GET' ? {} : { body: Buffer.from(body) }
  const response = await fetch(at, { method, headers, ...sent })
  const contentType = response.headers.get('content-type') ?? ''
  return { status: response.status, contentType, body: await response.text() }
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
  const { id } = await until(`${name} is heard`, async () => {
    const { items } = await owner.call('GET', '/cases?view=open&sort=newest&limit=20')
    return items.find((each: { person: { name: string } }) => each.person.name === name)
  })
  const text = 'Hello Sefa, I am sorry. I have asked the carrier where it was left, and tell you by four.'
  const guard = { lastSeenEngagementId: null, sendAnyway: true }
  await owner.call('POST', `/cases/${id}/answers`, { text, key: crypto.randomUUID(), ...guard })
}

async function until<Result>(what: string, look: () => Promise<Result | undefined>): Promise<Result> {
  for (let tries = 0; tries < 240; tries += 1) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((done) => setTimeout(done, 500))
  }
  throw new Error(`It did not come to pass within two minutes that ${what}.`)
}
