// Mastodon's side: notifications, the stream, idempotency keys for an hour, 300 calls in five minutes, and refusals in
// its own words (https://docs.joinmastodon.org/api/).
import { EventEmitter, on } from 'node:events'
import type { Call, Network, TwinAnswer } from '../chassis.ts'
import type { Contract } from '../contract.ts'
import {
  accountJson,
  instanceJson,
  type Json,
  lengthOf,
  type Person,
  type Post,
  postJson,
  us,
} from './state.ts'

export const token = 'twin-access-token'
const limit = { calls: 300, perMs: 300_000 }
const keyHoldsMs = 3_600_000
const image = /^image\/(png|jpeg|gif|webp)$/

interface Notice {
  readonly id: string
  readonly type: string
  readonly by: Person
  readonly post: Post | null
  readonly at: number
}

export class MastodonNetwork implements Network {
  readonly host = 'twin.example'
  readonly people = new Map<string, Person>([[us.id, us]])
  readonly posts = new Map<string, Post>()
  /** Whom our account follows: only then the server tells of their edits. */
  readonly followed = new Set<string>()
  readonly blocking = new Set<string>()
  readonly deleted: string[] = []
  origin = ''
  readonly #notices: Notice[] = []
  readonly #media = new Map<string, Json>()
  readonly #keys = new Map<string, { readonly at: number; readonly id: string }>()
  readonly #line = new EventEmitter()
  readonly #clock: { now(): number }
  readonly #contract: Contract
  readonly #tokenFault: () => 'token-expired' | 'token-revoked' | null
  #window = { start: 0, calls: 0 }
  #last = 1_000

  constructor(
    clock: { now(): number },
    contract: Contract,
    tokenFault: () => 'token-expired' | 'token-revoked' | null,
  ) {
    this.#clock = clock
    this.#contract = contract
    this.#tokenFault = tokenFault
    this.#line.setMaxListeners(0)
  }

  nextId(): string {
    this.#last += 1
    return String(this.#last).padStart(12, '1')
  }

  // What people do -------------------------------------------------------------------------------------------------

  add(post: Omit<Post, 'id' | 'at' | 'editedAt'>): Post {
    const whole = { ...post, id: this.nextId(), at: this.#clock.now(), editedAt: null }
    this.posts.set(whole.id, whole)
    const isForUs = post.mentions.some(({ id }) => id === us.id)
    if (post.by.id !== us.id && isForUs) this.notify('mention', post.by, whole)
    if (post.by.id === us.id) this.#tell('update', this.#post(whole))
    return whole
  }

  notify(type: string, by: Person, post: Post | null): void {
    if (this.blocking.has(by.id)) return
    const notice: Notice = { id: this.nextId(), type, by, post, at: this.#clock.now() }
    this.#notices.push(notice)
    this.#tell('notification', this.#notice(notice))
  }

  edit(post: Post, text: string): void {
    post.text = text
    post.editedAt = this.#clock.now()
    if (post.by.id === us.id || this.followed.has(post.by.id)) this.#tell('status.update', this.#post(post))
  }

  /** Who is named is told, as followers are. */
  remove(post: Post): void {
    this.posts.delete(post.id)
    this.deleted.push(post.id)
    this.#line.emit('message', 'delete', post.id)
  }

  #tell(event: string, body: Json): void {
    this.#line.emit('message', event, JSON.stringify(body))
  }

  #post(post: Post): Json {
    const json = postJson(this.host, post)
    this.#contract.judge('status', json)
    return json
  }

  #notice({ id, type, by, post, at }: Notice): Json {
    const json = {
      id,
      type,
      created_at: new Date(at).toISOString(),
      account: accountJson(this.host, by),
      group_key: `ungrouped-${id}`,
      ...(post === null ? {} : { status: this.#post(post) }),
    }
    this.#contract.judge('notification', json)
    return json
  }

  // What the channel asks ------------------------------------------------------------------------------------------

  refuse(status: number, headers: Readonly<Record<string, string>>): TwinAnswer {
    const words: Readonly<Record<number, string>> = { 404: 'Record not found', 429: 'Too many requests' }
    return { status, headers, body: { error: words[status] ?? 'This did not work' } }
  }

  async answer(call: Call): Promise<TwinAnswer> {
    if (this.#tokenFault() === 'token-expired')
      return { status: 401, body: { error: 'The access token expired' } }
    if (this.#tokenFault() !== null || call.headers.authorization !== `Bearer ${token}`) {
      return { status: 401, body: { error: 'The access token was revoked' } }
    }
    if (call.path === '/api/v1/streaming/user')
      return { status: 200, body: null, stream: this.#stream(call.signal) }
    const left = this.#count()
    const reset = new Date(this.#window.start + limit.perMs).toISOString()
    const headers = {
      'x-ratelimit-limit': '300',
      'x-ratelimit-remaining': String(Math.max(0, left)),
      'x-ratelimit-reset': reset,
    }
    if (left < 0) return this.refuse(429, headers)
    const answer = await this.#route(call)
    return { ...answer, headers: { ...headers, ...answer.headers } }
  }

  #count(): number {
    const now = this.#clock.now()
    if (now - this.#window.start >= limit.perMs) this.#window = { start: now, calls: 0 }
    this.#window.calls += 1
    return limit.calls - this.#window.calls
  }

  async *#stream(signal: AbortSignal): AsyncGenerator<string> {
    yield ':)\n'
    const beat = setInterval(() => this.#line.emit('message', '', ''), 1_000)
    try {
      for await (const [event, data] of on(this.#line, 'message', { signal })) {
        yield event === '' ? ':thump\n' : `event: ${event}\ndata: ${data}\n\n`
      }
    } catch {
      // The caller went away.
    } finally {
      clearInterval(beat)
    }
  }

  async #route({ method, path, query, headers, body }: Call): Promise<TwinAnswer> {
    const json = (answer: unknown): TwinAnswer => ({ status: 200, body: answer })
    const [, area = '', id = '', verb = ''] =
      /^\/api\/v[12]\/([a-z_]+)(?:\/(\w+))?(?:\/(\w+))?$/.exec(path) ?? []
    if (area === 'instance') {
      const instance = instanceJson(this.host, this.origin.replace(/^http/, 'ws'))
      this.#contract.judge('instance', instance)
      return json(instance)
    }
    if (area === 'notifications')
      return json(this.#page(this.#notices, query).map((each) => this.#notice(each)))
    if (area === 'accounts' && id === 'verify_credentials') return json(accountJson(this.host, us))
    if (area === 'accounts' && verb === 'statuses') {
      const theirs = [...this.posts.values()].filter(({ by }) => by.id === id)
      return json(this.#page(theirs, query).map((each) => this.#post(each)))
    }
    if (area === 'accounts') {
      const person = this.people.get(id)
      return person === undefined ? this.refuse(404, {}) : json(accountJson(this.host, person))
    }
    if (area === 'media') return this.#upload(headers['content-type'] ?? '', body)
    if (area === 'statuses' && id === '') return this.#create(body, headers['idempotency-key'])
    const post = this.posts.get(id)
    if (area !== 'statuses' || post === undefined) return this.refuse(404, {})
    return this.#onPost(method, verb, post, body)
  }

  #onPost(method: string, verb: string, post: Post, body: Buffer): TwinAnswer {
    if (verb === 'reblog') {
      const { by, circle } = { by: us, circle: 'public' }
      const boost = this.add({
        by,
        circle,
        text: '',
        parent: null,
        warning: '',
        boosted: post,
        mentions: [],
        media: [],
      })
      return { status: 200, body: this.#post(boost) }
    }
    if (verb === 'favourite' || method === 'GET') return { status: 200, body: this.#post(post) }
    if (post.by.id !== us.id) return this.refuse(404, {})
    if (method === 'DELETE') {
      const before = this.#post(post)
      this.remove(post)
      return { status: 200, body: before }
    }
    const asked = JSON.parse(body.toString('utf8')) as Json
    this.#contract.judge('request_edit', asked)
    const text = String(asked.status)
    if (lengthOf(text) > 500) return tooLong
    post.mentions = this.#named(text)
    this.edit(post, text)
    return { status: 200, body: this.#post(post) }
  }

  #create(body: Buffer, key: string | undefined): TwinAnswer {
    const known = key === undefined ? undefined : this.#keys.get(key)
    const before =
      known === undefined || this.#clock.now() - known.at > keyHoldsMs ? undefined : this.posts.get(known.id)
    if (before !== undefined) return { status: 200, body: this.#post(before) }
    const asked = JSON.parse(body.toString('utf8')) as Json
    this.#contract.judge('request_post', asked)
    const text = textOf(asked.status)
    const ids = Array.isArray(asked.media_ids) ? asked.media_ids.map(String) : []
    if (text.trim() === '' && ids.length === 0)
      return { status: 422, body: { error: "Validation failed: Text can't be blank" } }
    if (lengthOf(text) + lengthOf(textOf(asked.spoiler_text)) > 500) return tooLong
    const parent =
      asked.in_reply_to_id === undefined ? null : (this.posts.get(textOf(asked.in_reply_to_id)) ?? undefined)
    if (parent === undefined) {
      return { status: 404, body: { error: 'The post you are trying to reply to does not appear to exist.' } }
    }
    const post = this.add({
      by: us,
      text,
      parent,
      circle: textOf(asked.visibility) || 'public',
      warning: textOf(asked.spoiler_text),
      boosted: null,
      mentions: this.#named(text),
      media: ids.map((each) => this.#media.get(each)).filter((each) => each !== undefined),
    })
    if (key !== undefined) this.#keys.set(key, { at: this.#clock.now(), id: post.id })
    return { status: 200, body: this.#post(post) }
  }

  #named(text: string): readonly Person[] {
    const names = new Set(
      [...text.matchAll(/@([\w.-]+(?:@[\w.-]+)?)/g)].map(([, acct = '']) => acct.toLowerCase()),
    )
    return [...this.people.values()].filter(({ acct }) => names.has(acct.toLowerCase()))
  }

  async #upload(contentType: string, body: Buffer): Promise<TwinAnswer> {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': contentType },
    }).formData()
    const file = form.get('file')
    if (!(file instanceof File) || !image.test(file.type)) {
      return { status: 422, body: { error: 'Validation failed: File content type is invalid' } }
    }
    const id = this.nextId()
    const url = `https://${this.host}/media/${id}.png`
    const media = {
      id,
      type: 'image',
      url,
      preview_url: url,
      remote_url: null,
      description: textOf(form.get('description')),
    }
    this.#contract.judge('media', media)
    this.#media.set(id, media)
    return { status: 200, body: media }
  }

  /** Newest first; `min_id` gives what follows it at once, `max_id` what comes before. */
  #page<Thing extends { readonly id: string }>(
    things: readonly Thing[],
    query: Readonly<Record<string, string>>,
  ): readonly Thing[] {
    const most = Math.min(40, Number(query.limit ?? 20))
    const { min_id: after, max_id: before } = query
    if (after !== undefined)
      return things
        .filter(({ id }) => isLater(id, after))
        .slice(0, most)
        .toReversed()
    return things
      .filter(({ id }) => before === undefined || isLater(before, id))
      .slice(-most)
      .toReversed()
  }
}

const tooLong: TwinAnswer = {
  status: 422,
  body: { error: 'Validation failed: Text character limit of 500 exceeded' },
}

function isLater(one: string, other: string): boolean {
  return one.length === other.length ? one > other : one.length > other.length
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
