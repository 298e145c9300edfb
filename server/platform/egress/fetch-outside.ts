import { isIP } from 'node:net'
import { Agent, buildConnector, request as ask, type Dispatcher } from 'undici'
import { EgressRefused } from './refused.ts'

export interface OutsideRequest {
  readonly url: string
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** For everything together, redirects included. */
  readonly timeoutMs?: number
  readonly maxBytes?: number
}

export interface Fetched {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Buffer
  /** Where the answer came from, after redirects. */
  readonly url: string
}

export interface FetchRules {
  /** Resolves a host; throws where one of its addresses lies inside, unless the operator trusts it on this port. */
  readonly addressesOf: (host: string, port: number) => Promise<readonly string[]>
  readonly allowsPort: (host: string, port: number) => boolean
}

const mostHops = 3
const defaults = { timeoutMs: 10_000, maxBytes: 5 * 1024 * 1024 }
const redirects = new Set([301, 302, 303, 307, 308])
/** Not handed on to another origin. */
const credentials = /^(authorization|cookie|proxy-authorization)$/i

/** One request outwards. Throws `EgressRefused` by rule, and whatever the network says otherwise. */
export async function fetchOutside(first: OutsideRequest, rules: FetchRules): Promise<Fetched> {
  const timeoutMs = first.timeoutMs ?? defaults.timeoutMs
  const signal = AbortSignal.timeout(timeoutMs)
  const agent = openAgent(rules, timeoutMs)
  try {
    const { answer, url } = await askOutside(first, rules, { agent, signal })
    return await readAnswer(answer, url, first.maxBytes ?? defaults.maxBytes)
  } finally {
    await agent.destroy()
  }
}

export interface Asking {
  readonly agent: Dispatcher
  readonly signal: AbortSignal
}

/** Follows redirects hop by hop, each checked like the first. */
export async function askOutside(
  first: OutsideRequest,
  rules: FetchRules,
  { agent, signal }: Asking,
): Promise<{ readonly answer: Dispatcher.ResponseData; readonly url: URL }> {
  let request = first
  for (let hop = 0; hop <= mostHops; hop += 1) {
    const url = await checkUrl(request.url, rules)
    const answer = await ask(url, { ...optionsOf(request), signal, dispatcher: agent })
    const next = redirects.has(answer.statusCode) ? followed(request, url, answer) : null
    if (next === null) return { answer, url }
    // Nobody reads it; without a listener its end would be an error of the whole process.
    answer.body.on('error', () => {}).destroy()
    request = next
  }
  throw new EgressRefused(`more than ${mostHops} redirects`)
}

/** Connects only to addresses that were checked for the very connection. `bodyMs` 0: the answer may last. */
export function openAgent({ addressesOf }: FetchRules, timeoutMs: number, bodyMs = timeoutMs): Agent {
  const plain = buildConnector({ timeout: Math.min(5_000, timeoutMs) })
  const connector: buildConnector.connector = (options, done) => {
    const usualPort = options.protocol === 'https:' ? 443 : 80
    const port = options.port === '' ? usualPort : Number(options.port)
    const host = options.hostname.replace(/^\[|\]$/g, '')
    const servername = options.servername ?? (isIP(host) === 0 ? host : '')
    addressesOf(host, port).then(
      ([address = '']) => plain({ ...options, hostname: address, servername }, done),
      (error: Error) => done(error, null),
    )
  }
  return new Agent({ connect: connector, headersTimeout: timeoutMs, bodyTimeout: bodyMs, pipelining: 0 })
}

/** Parsed as a browser would: odd ways to write an address (0x7f.1, 2130706433) come out as plain ones. */
export async function checkUrl(
  text: string,
  rules: FetchRules,
  protocols: readonly string[] = ['https:', 'http:'],
): Promise<URL> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null) throw new EgressRefused('this is no web address')
  if (!protocols.includes(url.protocol)) throw new EgressRefused('only http and https leave')
  if (url.username !== '' || url.password !== '') throw new EgressRefused('an address with a password in it')
  const usualPort = url.protocol === 'https:' || url.protocol === 'wss:' ? 443 : 80
  const port = url.port === '' ? usualPort : Number(url.port)
  const host = bareHost(url)
  if (!rules.allowsPort(host, port)) throw new EgressRefused(`port ${port} is not asked`)
  if (isIP(host) !== 0) await rules.addressesOf(host, port)
  return url
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '')
}

function optionsOf({ method = 'GET', headers, body }: OutsideRequest) {
  return { method, ...(headers === undefined ? {} : { headers }), ...(body === undefined ? {} : { body }) }
}

function followed(
  request: OutsideRequest,
  from: URL,
  answer: Dispatcher.ResponseData,
): OutsideRequest | null {
  const { location } = answer.headers
  if (typeof location !== 'string' || !URL.canParse(location, from)) return null
  const url = new URL(location, from)
  const isElsewhere = url.origin !== from.origin
  const headers = Object.fromEntries(
    Object.entries(request.headers ?? {}).filter(([name]) => !isElsewhere || !credentials.test(name)),
  )
  const keepsBody = answer.statusCode === 307 || answer.statusCode === 308
  if (keepsBody) return { ...request, url: url.href, headers }
  const method = request.method === 'HEAD' ? 'HEAD' : 'GET'
  return { url: url.href, method, headers }
}

async function readAnswer(answer: Dispatcher.ResponseData, url: URL, maxBytes: number): Promise<Fetched> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new EgressRefused(`more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  const { statusCode: status, headers } = answer
  return { status, headers, body: Buffer.concat(chunks), url: url.href }
}
