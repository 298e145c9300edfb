// Meta's Graph API for one phone number. Errors carry a code of their own, which says more than the status.
// https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
import { askJson, retryAfter, type Asked, type Wrong } from '../ask-json.ts'
import { ChannelFailure, type Link } from '../channel.ts'
import { isObject } from '../read-json.ts'
import type { HttpAnswer, Ports } from '../ports.ts'

export interface Graph {
  readonly phone: string
  readonly business: string
  get(path: string): Promise<Asked>
  post(path: string, body: object): Promise<Asked>
  upload(path: string, form: { readonly body: Uint8Array; readonly contentType: string }): Promise<Asked>
  /** Bytes of a file by the address that Meta gave for it. */
  download(url: string): Promise<Uint8Array>
}

const mostFile = 100 * 1024 * 1024

export function openGraph(ports: Ports, link: Link): Graph {
  const { phone = '', business = '', graph = 'https://graph.facebook.com/v23.0' } = link.config
  const root = graph.replace(/\/+$/, '')
  const authorization = `Bearer ${link.secrets['token'] ?? ''}`
  const ask = (path: string, request: object): Promise<Asked> =>
    askJson(ports, { url: `${root}/${path}`, ...request }, readWrong(ports))
  return {
    phone,
    business,
    get: (path) => ask(path, { headers: { authorization } }),
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    upload: (path, { body, contentType }) =>
      ask(path, {
        method: 'POST',
        headers: { authorization, 'content-type': contentType },
        body,
        timeoutMs: 60_000,
      }),
    download: (url) => download(ports, url, authorization),
  }
}

async function download(ports: Ports, url: string, authorization: string): Promise<Uint8Array> {
  const answer = await ports.http
    .fetch({ url, headers: { authorization }, maxBytes: mostFile, timeoutMs: 60_000 })
    .catch((cause: unknown) => {
      throw new ChannelFailure('network.down', 'A file on WhatsApp could not be reached.', { cause })
    })
  if (answer.status === 200) return answer.body
  throw new ChannelFailure('network.down', 'A file on WhatsApp could not be read.')
}

const pairMs = 6_000
const minuteMs = 60_000

/** By code; the sentence for members. */
const byCode: Readonly<Record<number, readonly [Wrong['error'], string]>> = {
  0: ['auth.revoked', 'Meta does not know this token any more.'],
  3: ['scope.missing', 'The token may not use this part of WhatsApp.'],
  10: ['scope.missing', 'The token lacks a permission.'],
  100: ['content.rejected', 'Meta refused this as badly formed.'],
  131009: ['content.rejected', 'Meta refused this as badly formed.'],
  131021: ['target.forbidden', 'A number cannot write to itself.'],
  131026: ['target.gone', 'This person cannot be reached on WhatsApp.'],
  131030: ['target.forbidden', 'The number is a test number, and this person is not on its list.'],
  131031: ['target.forbidden', 'Meta has locked this account.'],
  131042: ['target.forbidden', 'Meta wants a way to pay before it sends.'],
  131047: ['window.closed', 'More than 24 hours since their last word: only an approved template may go.'],
  131050: ['target.forbidden', 'This person does not want such messages.'],
  131051: ['content.rejected', 'WhatsApp knows no message of this kind.'],
  131052: ['content.rejected', 'Meta could not read the file.'],
  131053: ['content.rejected', 'Meta does not take this file.'],
  133010: ['scope.missing', 'The phone number is not registered with WhatsApp.'],
  368: ['target.forbidden', 'Meta has stopped this number for a time because of its rules.'],
}

/** Codes that ask to wait, with how long where Meta does not say. */
const waits: Readonly<Record<number, number>> = {
  4: minuteMs,
  80007: minuteMs,
  130429: 1_000,
  131048: 60 * minuteMs,
  131056: pairMs,
}

export function meaningOf(code: number): readonly [Wrong['error'], string] | null {
  if (code >= 200 && code < 300) return ['scope.missing', 'The token lacks a permission.']
  if (code >= 132000 && code < 133000) return ['content.rejected', 'Meta refused the template.']
  return byCode[code] ?? null
}

function readWrong({ clock }: Ports) {
  return (answer: HttpAnswer, body: unknown): Wrong | null => {
    const said = isObject(body) && isObject(body['error']) ? body['error'] : null
    if (said === null) return null
    const code = Number(said['code'])
    if (code === 190) return tokenWrong(Number(said['error_subcode']))
    const wait = waits[code]
    if (wait !== undefined) {
      const retryAfterMs = retryAfter(answer, clock.now()) ?? regainMs(answer) ?? wait
      return { error: 'rate', detail: 'Meta asks us to wait.', retryAfterMs }
    }
    const meaning = meaningOf(code)
    return meaning === null ? null : { error: meaning[0], detail: meaning[1] }
  }
}

/** https://developers.facebook.com/docs/graph-api/guides/error-handling#authenticationerrors: 463 and 467 ran out. */
function tokenWrong(subcode: number): Wrong {
  return subcode === 463 || subcode === 467
    ? { error: 'auth.expired', detail: 'The token has run out.' }
    : { error: 'auth.revoked', detail: 'Meta does not know this token any more.' }
}

/** Meta names the minutes in a header of JSON, by account. */
function regainMs({ headers }: HttpAnswer): number | null {
  const usage = headers['x-business-use-case-usage']
  const minutes =
    typeof usage === 'string' ? /"estimated_time_to_regain_access":\s*(\d+)/.exec(usage)?.[1] : undefined
  return minutes === undefined || Number(minutes) === 0 ? null : Number(minutes) * minuteMs
}
