// The REST API of WordPress (developer.wordpress.org/rest-api/reference/comments), asked by `?rest_route=`, which works
// whatever permalinks a site has. Errors are JSON with a `code`; WordPress up to 6.x says its flood limit with 400.
import { z } from 'zod'
import type { Acted } from '../acting.ts'
import { ChannelFailure, type Link } from '../channel.ts'
import type { Ports } from '../ports.ts'
import { readSite, type Site } from './site.ts'

export interface Api {
  readonly ports: Ports
  readonly site: Site
  readonly authorization: string
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly route: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: Readonly<Record<string, string | number>>
}

export interface Answer {
  readonly status: number
  /** Undefined where it is no JSON. */
  readonly json: unknown
  /** Of the whole list, where it is one. */
  readonly total: number | null
  readonly retryAfterMs: number | null
}

/** How WordPress itself limits comments: one in 15 s (wp_throttle_comment_flood). */
const floodMs = 15_000

export function openApi(ports: Ports, { config, secrets }: Link): Api | null {
  const site = readSite(config['site'] ?? '')
  const user = config['user'] ?? ''
  if (site === null || user === '') return null
  // Passwords are shown in groups; WordPress takes them with or without the blanks.
  const password = (secrets['password'] ?? '').trim()
  const pair = Buffer.from(`${user}:${password}`).toString('base64')
  return { ports, site, authorization: `Basic ${pair}` }
}

/** Throws where nothing was answered. */
export async function askApi({ ports, site, authorization }: Api, asked: Asked): Promise<Answer> {
  const query = new URLSearchParams({ rest_route: asked.route, ...asked.query })
  const json = { 'content-type': 'application/json' }
  const answer = await ports.http.fetch({
    url: `${site.url}/?${query}`,
    method: asked.method ?? 'GET',
    headers: { authorization, accept: 'application/json', ...(asked.json === undefined ? {} : json) },
    ...(asked.json === undefined ? {} : { body: JSON.stringify(asked.json) }),
    timeoutMs: 20_000,
  })
  const total = Number(one(answer.headers['x-wp-total']) ?? Number.NaN)
  return {
    status: answer.status,
    json: readJson(answer.body),
    total: Number.isSafeInteger(total) ? total : null,
    retryAfterMs: readRetryAfter(one(answer.headers['retry-after'])),
  }
}

function one(value: string | readonly string[] | undefined): string | null {
  if (typeof value === 'string') return value
  return value?.[0] ?? null
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8').replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}

function readRetryAfter(text: string | null): number | null {
  return text !== null && /^\d{1,6}$/.test(text.trim()) ? Number(text) * 1_000 : null
}

const Refusal = z.object({ code: z.string(), message: z.string().catch('') })

/** What WordPress says against it; null where the answer is none of its refusals. */
export function refusalOf({ json }: Answer): { readonly code: string; readonly message: string } | null {
  const refusal = Refusal.safeParse(json)
  if (!refusal.success) return null
  const message = refusal.data.message.replace(/<[^>]*>|&[#\w]+;/g, ' ').replace(/\s+/g, ' ')
  return { code: refusal.data.code, message: message.trim().slice(0, 300) }
}

/** Reading failed: by what the core decides when it is tried again. */
export function failureOf(answer: Answer): ChannelFailure {
  const { status, retryAfterMs } = answer
  const more = retryAfterMs === null ? {} : { retryAfterMs }
  const refusal = refusalOf(answer)
  const said = refusal === null ? `status ${status}` : refusal.message
  if (status === 429) return new ChannelFailure('rate', 'The site asks to slow down.', more)
  if (status === 401)
    return new ChannelFailure('auth.revoked', `The site refuses the application password: ${said}`)
  if (status >= 500) return new ChannelFailure('network.down', `The site is out of order: ${said}`, more)
  if (status === 403) return new ChannelFailure('scope.missing', `This user may not read comments: ${said}`)
  return new ChannelFailure('contract.violation', `The site does not answer as WordPress does: ${said}`)
}

/** Asks for something to read; fails with a named failure where it does not come. */
export async function readApi(api: Api, asked: Asked): Promise<Answer> {
  const answer = await reach(() => askApi(api, asked))
  if (answer.status !== 200 || answer.json === undefined) throw failureOf(answer)
  return answer
}

export async function reach<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof ChannelFailure) throw cause
    throw new ChannelFailure('network.down', 'The site cannot be reached.', { cause })
  }
}

const targetGone = /^rest_(comment_invalid_id|comment_invalid_post_id|comment_trash_post|comment_draft_post)$/

/** Writing failed: what became of it. Null: it cannot be told from the answer. */
export function actFailure(answer: Answer): Acted {
  const { status, retryAfterMs } = answer
  const refusal = refusalOf(answer)
  const detail =
    refusal === null ? `The site answered with status ${status}.` : `WordPress said: ${refusal.message}`
  const code = refusal?.code ?? ''
  if (code === 'comment_flood' || status === 429) {
    return { result: 'refused', error: 'rate', detail, retryAfterMs: retryAfterMs ?? floodMs }
  }
  if (status === 401) return { result: 'refused', error: 'auth.revoked', detail }
  if (code === 'comment_duplicate') return { result: 'refused', error: 'duplicate', detail }
  if (targetGone.test(code) || status === 404 || status === 410) {
    return { result: 'refused', error: 'target.gone', detail }
  }
  if (status === 403) return { result: 'refused', error: 'target.forbidden', detail }
  if (status >= 500 || status < 400) return { result: 'unknown', detail }
  return { result: 'refused', error: 'content.rejected', detail }
}
