// Asks a network that answers in JSON, and tells in the closed set of errors what went wrong; and whether what was
// asked may have taken effect all the same.
import type { Acted } from './acting.ts'
import { ChannelFailure, type ChannelError } from './channel.ts'
import type { HttpAnswer, HttpRequest, Ports } from './ports.ts'

export interface Wrong {
  readonly error: ChannelError
  /** A sentence for members. */
  readonly detail: string
  readonly retryAfterMs?: number
  /** The request may have taken effect. */
  readonly mayHaveHappened?: boolean
}

export type Asked = { readonly ok: true; readonly body: unknown } | ({ readonly ok: false } & Wrong)

/** What a network means by an answer that is no success; null leaves it to its status. */
export type ReadWrong = (answer: HttpAnswer, body: unknown) => Wrong | null

/** Never throws: what goes wrong is an answer. An empty answer of success is `null`. */
export async function askJson(
  ports: Pick<Ports, 'http' | 'clock'>,
  request: HttpRequest,
  readWrong: ReadWrong = () => null,
): Promise<Asked> {
  let answer: HttpAnswer
  try {
    answer = await ports.http.fetch(request)
  } catch (error) {
    return { ok: false, ...whatBroke(error) }
  }
  const body = parse(answer.body)
  const isGood = answer.status >= 200 && answer.status < 300
  if (isGood && body !== undefined) return { ok: true, body }
  if (isGood) {
    return {
      ok: false,
      error: 'contract.violation',
      detail: 'The network answered something that is not JSON.',
      mayHaveHappened: true,
    }
  }
  return { ok: false, ...(readWrong(answer, body) ?? byStatus(answer, ports.clock.now())) }
}

/** Undefined where it is no JSON; an empty body is null. */
function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) return null
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Codes of the system and of undici that say: no word of ours left. */
const neverLeft =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|EgressRefused/

function whatBroke(error: unknown): Wrong {
  const code = error instanceof Error ? `${error.name} ${'code' in error ? String(error.code) : ''}` : ''
  return {
    error: 'network.down',
    detail: 'The network could not be reached.',
    mayHaveHappened: !neverLeft.test(code),
  }
}

const byCode: Readonly<Record<number, readonly [ChannelError, string]>> = {
  400: ['content.rejected', 'The network refused this as badly formed.'],
  401: ['auth.expired', 'The network no longer knows our token.'],
  403: ['target.forbidden', 'The network does not let us do this here.'],
  404: ['target.gone', 'This is not there any more.'],
  409: ['duplicate', 'The network already has this.'],
  410: ['target.gone', 'This is not there any more.'],
  413: ['content.rejected', 'This is too large for the network.'],
  422: ['content.rejected', 'The network refused these words.'],
}

function byStatus(answer: HttpAnswer, now: number): Wrong {
  const retryAfterMs = retryAfter(answer, now)
  const wait = retryAfterMs === null ? {} : { retryAfterMs }
  if (answer.status === 429) return { error: 'rate', detail: 'The network asks us to wait.', ...wait }
  const known = byCode[answer.status]
  if (known !== undefined) return { error: known[0], detail: known[1] }
  if (answer.status < 500) {
    return {
      error: 'contract.violation',
      detail: `The network answered ${answer.status}, which says nothing here.`,
    }
  }
  // 503 says that nothing was done; any other failure of theirs leaves that open.
  const mayHaveHappened = answer.status !== 503
  return {
    error: 'network.down',
    detail: `The network is unwell (${answer.status}).`,
    mayHaveHappened,
    ...wait,
  }
}

/** Ms to wait by Retry-After, which is in seconds or a date; null where there is none. */
export function retryAfter({ headers }: Pick<HttpAnswer, 'headers'>, now: number): number | null {
  const said = headers['retry-after']
  if (typeof said !== 'string') return null
  const ms = /^\d+$/.test(said.trim()) ? Number(said) * 1_000 : Date.parse(said) - now
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

/** As an act says it. */
export function actedOf({ error, detail, retryAfterMs, mayHaveHappened = false }: Wrong): Acted {
  if (mayHaveHappened) return { result: 'unknown', detail }
  return { result: 'refused', error, detail, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** As everything else says it. */
export function failureOf({ error, detail, retryAfterMs }: Wrong): ChannelFailure {
  return new ChannelFailure(error, detail, retryAfterMs === undefined ? {} : { retryAfterMs })
}
