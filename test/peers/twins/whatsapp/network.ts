// WhatsApp's side: one phone number of a business, people with phones, pushes signed by Meta, statuses, the window of
// 24 hours, and refusals in the Graph API's words.
import { createHmac, randomBytes } from 'node:crypto'
import type { HookAnswer, HookRequest } from '../../../../channels/channel.ts'
import type { Call, Network, TwinAnswer } from '../chassis.ts'
import type { Contract } from '../contract.ts'
import { Pushes } from '../pushes.ts'
import { Rates } from '../rate.ts'
import { approvedTemplates, pageOf, templateText } from './templates.ts'

type Json = Record<string, unknown>

export const ids = {
  phone: '106540352242922',
  business: '419561257915477',
  shown: '+41 44 668 18 00',
} as const

export const secrets = { token: 'EAAtwin-token', appSecret: 'twin-app-secret' } as const

/** A message of ours as it stands on the person's phone. */
export interface Arrived {
  readonly id: string
  readonly to: string
  readonly text: string
  readonly below: string | null
  /** What it carries beside words. */
  readonly file: { readonly bytes: Buffer; readonly mediaType: string } | null
  isRead: boolean
}

const day = 24 * 3_600_000
const mostText = 4_096
const mostCaption = 1_024
/** Short bursts pass; then one message in six seconds to one person. */
const perPair = { calls: 10, perMs: 60_000 }
const perNumber = { calls: 80, perMs: 1_000 }

export class WhatsappNetwork implements Network {
  readonly #clock: { now(): number }
  readonly #contract: Contract
  readonly #tokenFault: () => 'token-expired' | 'token-revoked' | null
  readonly #url: () => string
  readonly #rates = new Rates()
  readonly pushes = new Pushes()
  readonly arrived: Arrived[] = []
  /** Messages that we put a sign on. */
  readonly liked: string[] = []
  readonly people = new Map<string, string>()
  readonly blocked = new Set<string>()
  readonly files = new Map<string, { readonly bytes: Buffer; readonly mediaType: string }>()
  readonly templates: Json[] = [...approvedTemplates]
  readonly #lastHeard = new Map<string, number>()
  #hook: { readonly url: string; readonly token: string } | null = null
  #isSubscribed = false
  challenge: ((request: HookRequest) => Promise<HookAnswer | null>) | null = null

  constructor(
    clock: { now(): number },
    contract: Contract,
    how: { readonly tokenFault: WhatsappNetwork['tokenFaultNow']; readonly url: () => string },
  ) {
    this.#clock = clock
    this.#contract = contract
    this.#tokenFault = how.tokenFault
    this.#url = how.url
  }

  tokenFaultNow(): 'token-expired' | 'token-revoked' | null {
    return this.#tokenFault()
  }

  // What people do ----------------------------------------------------------------------------------------------

  newId(): string {
    return `wamid.${randomBytes(24).toString('base64')}`
  }

  /** A message of a person: pushed where the app hears the account. */
  heard(from: string, message: Json): string {
    const id = this.newId()
    this.#lastHeard.set(from, this.#clock.now())
    this.#push({
      contacts: [{ profile: { name: this.people.get(from) ?? '' }, wa_id: from }],
      messages: [{ from, id, timestamp: this.#seconds(), ...message }],
    })
    return id
  }

  read(arrived: Arrived): void {
    if (arrived.isRead) return
    arrived.isRead = true
    this.#tellStatus(arrived, 'read')
  }

  #tellStatus({ id, to }: Pick<Arrived, 'id' | 'to'>, status: string, more: Json = {}): void {
    this.#push({ statuses: [{ id, status, timestamp: this.#seconds(), recipient_id: to, ...more }] })
  }

  #seconds(): string {
    return String(Math.floor(this.#clock.now() / 1_000))
  }

  #push(part: Json): void {
    const metadata = { display_phone_number: ids.shown.replaceAll(/\D/g, ''), phone_number_id: ids.phone }
    const value = { messaging_product: 'whatsapp', metadata, ...part }
    const body = {
      object: 'whatsapp_business_account',
      entry: [{ id: ids.business, changes: [{ value, field: 'messages' }] }],
    }
    this.#contract.judge('webhook request', body)
    if (this.#hook === null || !this.#isSubscribed) return
    this.pushes.send(() => signed(Buffer.from(JSON.stringify(body)), secrets.appSecret))
  }

  // What we ask -------------------------------------------------------------------------------------------------

  refuse(status: number, headers: Readonly<Record<string, string>>): TwinAnswer {
    if (status === 429) return { ...wrong(429, 130429, 'Rate limit hit'), headers }
    return { ...wrong(status, status === 503 ? 2 : 1, 'An unexpected error occurred'), headers }
  }

  async answer(call: Call): Promise<TwinAnswer> {
    const fault = this.#tokenFault()
    if (fault !== null || call.headers['authorization'] !== `Bearer ${secrets.token}`) {
      const subcode = fault === 'token-expired' ? 463 : 460
      return wrong(401, 190, 'Error validating access token', { error_subcode: subcode })
    }
    const [, place = '', part = ''] = /^\/v\d+\.\d+\/([^/]+)(?:\/([^/]+))?$/.exec(call.path) ?? []
    const answer = await this.#do(place, part, call)
    if (answer.status >= 400) this.#contract.judge('error', answer.body)
    return answer
  }

  async #do(place: string, part: string, call: Call): Promise<TwinAnswer> {
    if (place === 'files') return this.#bytes(part)
    if (place === ids.business && part === 'subscribed_apps') {
      this.#isSubscribed = true
      return this.#right('subscribe', { success: true })
    }
    if (place === ids.business && part === 'message_templates') {
      return this.#right('templates', pageOf(this.templates, call.query))
    }
    if (place === ids.phone && part === 'messages') return this.#send(call)
    if (place === ids.phone && part === 'media') return this.#upload(call)
    if (place === ids.phone) return call.method === 'GET' ? this.#phone() : this.#configure(call)
    return this.#media(place)
  }

  #right(operation: string, body: unknown): TwinAnswer {
    this.#contract.judge(`${operation} answer`, body)
    return { status: 200, body }
  }

  #phone(): TwinAnswer {
    const { phone: id, shown: display_phone_number } = ids
    return this.#right('phone', {
      id,
      display_phone_number,
      verified_name: 'Horseshoe',
      quality_rating: 'GREEN',
    })
  }

  /** Meta asks first whether the hook is ours, and takes it only when the challenge comes back. */
  async #configure(call: Call): Promise<TwinAnswer> {
    const body = readJson(call)
    const complaint = this.#contract.judge('configure request', body)
    if (complaint !== null) return wrong(400, 100, complaint)
    const { override_callback_uri: url = '', verify_token: token = '' } = (body['webhook_configuration'] ??
      {}) as {
      override_callback_uri?: string
      verify_token?: string
    }
    if (url === '') {
      this.#hook = null
      return this.#right('configure', { success: true })
    }
    const challenge = String(Math.floor(Math.random() * 1e9))
    const query = { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': challenge }
    const answer = await this.challenge?.({ method: 'GET', query, headers: {}, body: Buffer.alloc(0) })
    if (answer?.status !== 200 || answer.body !== challenge) {
      return wrong(422, 100, 'Webhook callback URL is not reachable or invalid')
    }
    this.#hook = { url, token }
    return this.#right('configure', { success: true })
  }

  #send(call: Call): TwinAnswer {
    const body = readJson(call)
    const complaint = this.#contract.judge('send request', body)
    if (complaint !== null) return wrong(400, 100, complaint)
    const to = String(body['to'])
    const filled = body['type'] === 'template' ? templateText(this.templates, body['template']) : null
    if (filled !== null && 'code' in filled) return wrong(filled.status, filled.code, filled.message)
    const text = filled?.text ?? wordsOf(body)
    if (body['type'] === 'text' && text.length > mostText)
      return wrong(400, 100, 'Param text[body] is too long')
    if (filled === null && body['type'] !== 'text' && text.length > mostCaption)
      return wrong(400, 100, 'The caption is too long')
    if (!this.people.has(to)) return wrong(400, 131026, 'Message undeliverable')
    const now = this.#clock.now()
    if (this.#rates.take(to, perPair, now) > 0) return wrong(400, 131056, 'Pair rate limit hit')
    if (this.#rates.take('number', perNumber, now) > 0) return wrong(429, 130429, 'Rate limit hit')
    const reaction = body['reaction'] as { readonly message_id: string } | undefined
    if (reaction !== undefined) this.liked.push(reaction.message_id)
    const id = this.newId()
    const context = body['context'] as { readonly message_id: string } | undefined
    const file = this.#fileIn(body)
    this.#deliver(
      { id, to, text, below: context?.message_id ?? null, file, isRead: false },
      String(body['type']),
    )
    return this.#right('send', {
      messaging_product: 'whatsapp',
      contacts: [{ input: to, wa_id: to }],
      messages: [{ id, message_status: 'accepted' }],
    })
  }

  #fileIn(body: Json): Arrived['file'] {
    const part = body[String(body['type'])] as Json | undefined
    const id = part?.['id']
    return typeof id === 'string' ? (this.files.get(id) ?? null) : null
  }

  /** Meta has said yes already: what fails now fails by a status. */
  #deliver(arrived: Arrived, type: string): void {
    this.#tellStatus(arrived, 'sent')
    const since = this.#clock.now() - (this.#lastHeard.get(arrived.to) ?? 0)
    if (type !== 'template' && since > day) {
      const title = 'Re-engagement message'
      return this.#tellStatus(arrived, 'failed', { errors: [{ code: 131047, title, message: title }] })
    }
    if (this.blocked.has(arrived.to)) return
    if (type !== 'reaction') this.arrived.push(arrived)
    this.#tellStatus(arrived, 'delivered')
  }

  async #upload(call: Call): Promise<TwinAnswer> {
    const type = call.headers['content-type'] ?? ''
    const form = await new Response(new Uint8Array(call.body), {
      headers: { 'content-type': type },
    }).formData()
    const file = form.get('file')
    if (!(file instanceof File) || form.get('messaging_product') !== 'whatsapp') {
      return wrong(400, 100, '(#100) The parameter messaging_product is required.')
    }
    const id = String(4_490_709_327_384_033 + this.files.size)
    this.files.set(id, { bytes: Buffer.from(await file.arrayBuffer()), mediaType: file.type })
    return this.#right('upload', { id })
  }

  #media(id: string): TwinAnswer {
    const file = this.files.get(id)
    if (file === undefined) return wrong(400, 100, 'Unsupported get request. Object does not exist')
    return this.#right('media', {
      messaging_product: 'whatsapp',
      url: `${this.#url()}/v23.0/files/${id}`,
      mime_type: file.mediaType,
      sha256: 'of-no-matter',
      file_size: String(file.bytes.length),
      id,
    })
  }

  #bytes(id: string): TwinAnswer {
    const file = this.files.get(id)
    if (file === undefined) return wrong(404, 100, 'no such file')
    return { status: 200, headers: { 'content-type': file.mediaType }, body: file.bytes }
  }
}

/** As Meta signs: over the bytes of the body. */
export function signed(body: Buffer, secret: string): HookRequest {
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` }
  return { method: 'POST', query: {}, headers, body }
}

function readJson({ body }: Call): Json {
  return body.length === 0 ? {} : (JSON.parse(body.toString('utf8')) as Json)
}

function wordsOf(body: Json): string {
  const part = body[String(body['type'])] as Json | undefined
  const said = part?.['body'] ?? part?.['caption']
  return typeof said === 'string' ? said : ''
}

function wrong(status: number, code: number, message: string, more: Json = {}): TwinAnswer {
  const error = {
    message: `(#${code}) ${message}`,
    type: 'OAuthException',
    code,
    fbtrace_id: 'AXtwin',
    ...more,
  }
  return { status, body: { error } }
}
