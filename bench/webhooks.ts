// Pushes of networks, accepted with the check of their real signatures and the commit before the acknowledgement: as
// Meta signs for WhatsApp, as Telegram proves itself, and as Standard Webhooks says. Connected to their twins.
import { createHmac } from 'node:crypto'
import { openTelegramBackend } from '../test/peers/twins/telegram/backend.ts'
import { openWhatsappBackend } from '../test/peers/twins/whatsapp/backend.ts'
import { call, openAccount, startServerProcess, type ServerProcess } from '../test/server-process.ts'
import { withFreshFolder } from './bench-folder.ts'
import { runAlone, type Figure } from './figures.ts'
import type { Sender } from './load-requests.ts'
import { loadFigures, measureLoad, warmUp } from './measure-load.ts'

interface Senders {
  readonly whatsapp: Sender
  readonly telegram: Sender
  readonly signed: Sender
}

const rate = 1_020
const seconds = 10
const wants = { perSecond: 1_000, p99Ms: 50 }
const alone = { ...wants, cpuPerThousand: 0.5 }

export async function benchWebhooks(): Promise<readonly Figure[]> {
  const [whatsapp, telegram] = await Promise.all([openWhatsappBackend(), openTelegramBackend()])
  const twins = [whatsapp.link.config['graph'], telegram.link.config['server']]
  const trusted = twins.map((url) => new URL(url ?? '').host).join(',')
  try {
    return await withFreshFolder('webhooks', async (folder) => {
      const settings = { HORSESHOE_DATA: folder, TRUSTED_HOSTS: trusted }
      const figures: Figure[] = []
      async function measure(server: ServerProcess, name: string, sender: Sender, want: typeof wants) {
        const seed = figures.length + 1
        const loaded = await measureLoad({ server, folder }, { sender, rate, batch: 1, seconds, seed })
        figures.push(...loadFigures(name, loaded, want))
      }
      const whole = await startServerProcess({ ...settings, HORSESHOE_ROLE: 'all' })
      const senders = await connectAll(whole, { whatsapp: whatsapp.link, telegram: telegram.link })
      await warmUp({ server: whole, folder }, senders.whatsapp)
      await measure(whole, 'WhatsApp pushes with the loop behind them', senders.whatsapp, wants)
      await whole.stop()
      const web = await startServerProcess({ ...settings, HORSESHOE_ROLE: 'web' })
      try {
        await warmUp({ server: web, folder }, senders.whatsapp)
        await measure(web, 'WhatsApp pushes accepted, X-Hub-Signature-256', senders.whatsapp, alone)
        await measure(web, 'Telegram pushes accepted, secret token', senders.telegram, alone)
        await measure(web, 'accepted, signed by Standard Webhooks', senders.signed, alone)
      } finally {
        await web.stop()
      }
      return figures
    })
  } finally {
    await Promise.all([whatsapp.close(), telegram.close()])
  }
}

interface Given {
  readonly config: Readonly<Record<string, string>>
  readonly secrets: Readonly<Record<string, string>>
}

/** The path of a hook stays the same when the program starts again at another address. */
async function connectAll(
  server: ServerProcess,
  links: { readonly whatsapp: Given; readonly telegram: Given },
): Promise<Senders> {
  const { cookie, workspace } = await openAccount(server, 'Bench')
  const headers = { cookie, 'horseshoe-workspace': workspace }
  async function connect(channel: string, { config, secrets }: Given) {
    const made = await call(server, 'POST', '/api/v1/connections', { channel, config, secrets }, headers)
    if (made.state !== 'live') throw new Error(`${channel} is ${made.state}: ${made.detail}`)
    const { url } = await call(server, 'GET', `/api/v1/connections/${made.id}/hook`, undefined, headers)
    return { id: String(made.id), hook: new URL(url).pathname }
  }
  const meta = await connect('whatsapp', links.whatsapp)
  const bot = await connect('telegram', links.telegram)
  const { secret, item } = await call(server, 'POST', '/api/v1/sources', { name: 'Bench' }, headers)
  const token = links.telegram.secrets['token'] ?? ''
  return {
    whatsapp: {
      by: 'whatsapp',
      hook: meta.hook,
      phone: links.whatsapp.config['phone'] ?? '',
      appSecret: links.whatsapp.secrets['appSecret'] ?? '',
    },
    telegram: {
      by: 'telegram',
      hook: bot.hook,
      // What the channel tells Telegram to send with each push.
      secretToken: createHmac('sha256', token).update(`telegram hook ${bot.id}`).digest('base64url'),
    },
    signed: { by: 'signature', sourceId: item.id, secret },
  }
}

await runAlone(import.meta.url, benchWebhooks)
