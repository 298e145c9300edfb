import type { CanAct, Command, Preview, Target } from '../acting.ts'
import type { Channel, Checked, HookRequest, Link, Plug, Received } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { roomIn, toMessages } from './gsm7.ts'
import { manifest, mostMessages } from './manifest.ts'
import { isE164, toE164 } from './phone-number.ts'
import { normalise, receive, type Receiving } from './receive-sms.ts'
import { actName, keepTaken, readBack, send, toAir, type Centre } from './send-sms.ts'

/** Short messages by a Kannel gateway. */
export const sms: Plug = {
  manifest,
  open: (ports, _settings, link) => (link === null ? null : openSms(ports, link)),
}

const thisMachine = /^(localhost|127(\.\d+){3}|10(\.\d+){3}|192\.168(\.\d+){2}|\[::1\])$/

function openSms(ports: Ports, link: Link): Channel {
  const { config, secrets } = link
  const url = URL.parse(config['url'] ?? '')
  const keys = (secrets['hookKey'] ?? '').split(/\s+/).filter((key) => key.length >= 12)
  const [key = ''] = keys
  const join = link.hookUrl.includes('?') ? '&' : '?'
  const centre: Centre = {
    ports,
    url: url?.href ?? '',
    user: config['user'] ?? '',
    password: secrets['password'] ?? '',
    sender: config['sender'] ?? '',
    reportUrl: `${link.hookUrl}${join}key=${encodeURIComponent(key)}`,
  }
  const receiving = (): Receiving => ({
    keys,
    sender: centre.sender,
    country: config['country'] ?? '',
    presence: link.account?.handle ?? '',
    now: ports.clock.now(),
  })
  return {
    manifest,
    check: () => check(centre, { url, country: config['country'] ?? '', hasKey: key !== '' }),
    // Kannel calls us because its configuration says so; there is nothing to ask for, and nothing that ends.
    subscribe: async () => ({ until: null }),
    unsubscribe: async () => {},
    receive: (request) => receiveAndKeep(ports, receiving(), request),
    normalise,
    canAct: (target, _now, act = 'reply') => canAct(target, act),
    preview,
    nameFor: actName,
    act: (command, actKey) => act(centre, command, actKey),
    readBack: (_command, actKey) => readBack(ports, actKey),
  }
}

async function receiveAndKeep(ports: Ports, receiving: Receiving, request: HookRequest): Promise<Received> {
  const received = receive(receiving, request)
  if (received.result !== 'accept') return received
  for (const { facts } of received.events) {
    if (facts?.['what'] === 'report') await keepTaken(ports, facts['act'] ?? '')
  }
  return received
}

function canAct({ address, isOptedOut }: Target, act: Command['what']): CanAct {
  if (act !== 'reply' && act !== 'notice')
    return { can: false, reason: 'SMS knows messages only', until: null }
  if (isOptedOut === true) {
    return { can: false, reason: 'this person said STOP and has not said START since', until: null }
  }
  if (isE164(address)) return { can: true }
  return {
    can: false,
    reason: 'no telephone number of this person is known that can be dialled',
    until: null,
  }
}

/** What the telephone gets, message by message, and what is paid for. */
function preview(text: string): Preview {
  const { coding, length, parts, strange } = toMessages(toAir(text))
  const max = roomIn(coding, mostMessages)
  const isTooLong = parts.length > mostMessages
  const warnings = [
    ...(isTooLong ? [`Too long: ${parts.length} messages, and at most ${mostMessages} are sent.`] : []),
    ...(strange.length > 0
      ? [`${strange.join(' ')} is not in the alphabet of SMS: a message holds 70 signs instead of 160.`]
      : []),
  ]
  const cost = `${parts.length} ${parts.length === 1 ? 'message' : 'messages'}`
  // Signs that would not fit beside each other in the last message count as the room that they leave.
  return {
    length: isTooLong ? Math.max(length, max + 1) : Math.min(length, max),
    max,
    warnings,
    cost,
    ...(isTooLong ? {} : { parts }),
  }
}

async function act(centre: Centre, command: Command, key: string) {
  const allowed = canAct(command.target, command.what)
  if (!allowed.can)
    return { result: 'refused', error: 'target.forbidden', detail: `${allowed.reason}.` } as const
  if (centre.url === '')
    return { result: 'refused', error: 'network.down', detail: 'No Kannel is named.' } as const
  return send(centre, command, key)
}

interface Checking {
  readonly url: URL | null
  readonly country: string
  readonly hasKey: boolean
}

/** Asks sendsms for nothing: with a good password Kannel misses the receiver, with a wrong one it says so first. */
async function check(
  { ports, url: address, user, password, sender }: Centre,
  { url, country, hasKey }: Checking,
): Promise<Checked> {
  if (url === null || !/^https?:$/.test(url.protocol))
    return { state: 'misconfigured', detail: 'This is no address of sendsms.' }
  if (url.protocol === 'http:' && !thisMachine.test(url.hostname)) {
    return {
      state: 'misconfigured',
      detail: 'Over the net, sendsms must be asked by https: its password stands in the address.',
    }
  }
  if (!hasKey) return { state: 'misconfigured', detail: 'The hook key needs at least 12 signs.' }
  if (sender.trim() === '') return { state: 'misconfigured', detail: 'No number of yours is named.' }
  const asked = new URL(address)
  asked.search = new URLSearchParams({ username: user, password }).toString()
  const answer = await ports.http.fetch({ url: asked.href, maxBytes: 64 * 1024 }).catch(() => null)
  if (answer === null || answer.status >= 500)
    return { state: 'unreachable', detail: 'Kannel cannot be reached.' }
  const said = answer.body.toString('utf8').replace(/\s+/g, ' ').trim().slice(0, 200)
  if (/authorization failed/i.test(said))
    return { state: 'needs-reauth', detail: 'Kannel refuses the user or its password.' }
  if (!/missing receiver/i.test(said))
    return { state: 'misconfigured', detail: 'This address is not the sendsms of a Kannel.' }
  const number = toE164(sender, country) ?? sender.trim()
  return {
    state: 'ok',
    account: { id: number, handle: number, name: number, url: null, avatarUrl: null },
    detail: 'Kannel takes messages of this user.',
    permissions: ['sendsms'],
  }
}
