// Telegram's Bot API: every call is a POST of JSON or a form; every answer says `ok`, and when not, why, in words.
// https://core.telegram.org/bots/api#making-requests
import { askJson, type Asked, type Wrong } from '../ask-json.ts'
import { ChannelFailure, type Link } from '../channel.ts'
import { isObject } from '../read-json.ts'
import type { HttpAnswer, HttpRequest, Ports } from '../ports.ts'

export interface Bot {
  call(method: string, params?: object): Promise<Asked>
  /** The same with a file in it. */
  upload(method: string, form: { readonly body: Uint8Array; readonly contentType: string }): Promise<Asked>
  /** A call that Telegram answers late, until the signal ends it. */
  longCall(method: string, params: object, waitMs: number, signal: AbortSignal): Promise<Asked>
  /** Bytes of a file that getFile named. */
  download(path: string): Promise<Uint8Array>
}

const mostFile = 20 * 1024 * 1024

export function openBot(ports: Ports, link: Link): Bot {
  const server = (link.config['server'] ?? 'https://api.telegram.org').replace(/\/+$/, '')
  const token = link.secrets['token'] ?? ''
  const request = (method: string, params: object): HttpRequest => ({
    url: `${server}/bot${token}/${method}`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
  })
  return {
    call: async (method, params = {}) => unwrap(await askJson(ports, request(method, params), readWrong)),
    upload: async (method, { body, contentType }) => {
      const asked = {
        ...request(method, {}),
        headers: { 'content-type': contentType },
        body,
        timeoutMs: 60_000,
      }
      return unwrap(await askJson(ports, asked, readWrong))
    },
    longCall: async (method, params, waitMs, signal) => {
      const patient = { ...request(method, params), timeoutMs: waitMs + 10_000 }
      return unwrap(await askJson(slowly(ports, waitMs, signal), patient, readWrong))
    },
    download: async (path) => {
      const answer = await ports.http
        .fetch({ url: `${server}/file/bot${token}/${path}`, maxBytes: mostFile, timeoutMs: 60_000 })
        .catch((cause: unknown) => {
          throw new ChannelFailure('network.down', 'A file on Telegram could not be reached.', { cause })
        })
      if (answer.status === 200) return answer.body
      throw new ChannelFailure('network.down', 'A file on Telegram could not be read.')
    },
  }
}

/** Answers that are waited for; a signal ends the waiting. */
function slowly(ports: Ports, waitMs: number, signal: AbortSignal): Pick<Ports, 'http' | 'clock'> {
  return {
    clock: ports.clock,
    http: {
      ...ports.http,
      fetch: async (request): Promise<HttpAnswer> => {
        const stream = await ports.http.stream(request, { signal, silentMs: waitMs + 10_000 })
        const chunks: Uint8Array[] = []
        for await (const chunk of stream.body) chunks.push(chunk)
        return {
          status: stream.status,
          headers: stream.headers,
          body: Buffer.concat(chunks),
          url: request.url,
        }
      },
    },
  }
}

function unwrap(asked: Asked): Asked {
  if (!asked.ok) return asked
  if (isObject(asked.body) && asked.body['ok'] === true) return { ok: true, body: asked.body['result'] }
  return {
    ok: false,
    error: 'contract.violation',
    detail: 'Telegram answered in a form that is not known here.',
    mayHaveHappened: true,
  }
}

/** Telegram's own words, the first that fit. https://core.telegram.org/api/errors */
const meanings: readonly (readonly [RegExp, Wrong['error'], string])[] = [
  [/blocked by the user/i, 'target.forbidden', 'This person blocked our bot.'],
  [/user is deactivated/i, 'target.gone', 'This account on Telegram is gone.'],
  [
    /can't initiate conversation/i,
    'target.forbidden',
    'This person never wrote to our bot, so it may not write to them.',
  ],
  [
    /kicked from|not a member|have no rights|need administrator/i,
    'target.forbidden',
    'Our bot may not write in this group.',
  ],
  [
    /chat not found|message (to be replied|to reply|to edit|to delete|to react|thread)? ?not found|PEER_ID_INVALID/i,
    'target.gone',
    'This is not there any more.',
  ],
  [/too long/i, 'content.rejected', 'Longer than Telegram takes.'],
  [/not modified/i, 'duplicate', 'It says that already.'],
  [/text is empty/i, 'content.rejected', 'There is nothing in it.'],
  [/can't be (edited|deleted)/i, 'target.forbidden', 'Telegram no longer lets us change this message.'],
  [
    /terminated by other getUpdates|webhook is active/i,
    'duplicate',
    'Another program listens with the token of this bot; Telegram serves only one.',
  ],
]

function readWrong(answer: HttpAnswer, body: unknown): Wrong | null {
  if (!isObject(body) || body['ok'] !== false) return null
  const said = typeof body['description'] === 'string' ? body['description'] : ''
  if (answer.status === 401 || (answer.status === 404 && /^not found$/i.test(said))) {
    return { error: 'auth.revoked', detail: 'Telegram does not know this token any more.' }
  }
  if (answer.status === 429) {
    const parameters = isObject(body['parameters']) ? body['parameters'] : {}
    const seconds = Number(parameters['retry_after'])
    return {
      error: 'rate',
      detail: 'Telegram asks us to wait.',
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : 1_000,
    }
  }
  const meaning = meanings.find(([words]) => words.test(said))
  return meaning === undefined ? null : { error: meaning[1], detail: meaning[2] }
}
