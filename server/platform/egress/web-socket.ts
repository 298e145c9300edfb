import { WebSocket } from 'undici'
import { checkUrl, openAgent, type FetchRules } from './fetch-outside.ts'

export interface WebSocketOptions {
  readonly signal: AbortSignal
  /** Given up when nothing came for so long. */
  readonly silentMs: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Messages that nobody has taken yet; past this the other side is faster than we are, and is asked again later. */
const mostWaiting = 20_000

/** Messages in the order of their arrival. Ends with the connection; throws where it breaks or falls silent. */
export async function* openWebSocket(
  address: string,
  rules: FetchRules,
  { signal, silentMs, headers }: WebSocketOptions,
): AsyncGenerator<Uint8Array | string> {
  const url = await checkUrl(address, rules, ['wss:', 'ws:'])
  const agent = openAgent(rules, 10_000, 0)
  const socket = new WebSocket(url, { dispatcher: agent, ...(headers === undefined ? {} : { headers }) })
  socket.binaryType = 'arraybuffer'
  const line = createLine(silentMs)
  socket.addEventListener('message', ({ data }) =>
    line.add(data instanceof ArrayBuffer ? new Uint8Array(data) : String(data)),
  )
  socket.addEventListener('close', ({ wasClean, code }) =>
    line.end(wasClean ? null : new Error(`the connection broke (${code})`)),
  )
  socket.addEventListener('error', () => line.end(new Error('the connection failed')))
  const onAbort = (): void => line.end(null)
  signal.addEventListener('abort', onAbort)
  if (signal.aborted) onAbort()
  try {
    yield* line.take()
  } finally {
    signal.removeEventListener('abort', onAbort)
    socket.close()
    await agent.destroy()
  }
}

/** From events to an iteration: what came waits until it is taken. */
function createLine(silentMs: number) {
  let waiting: (Uint8Array | string)[] = []
  let ended: { readonly error: Error | null } | undefined
  let wake = (): void => {}
  function end(error: Error | null): void {
    ended ??= { error }
    wake()
  }
  async function* take(): AsyncGenerator<Uint8Array | string> {
    for (;;) {
      const taken = waiting
      waiting = []
      yield* taken
      if (waiting.length > 0) continue
      if (ended !== undefined) {
        if (ended.error !== null) throw ended.error
        return
      }
      const timer = setTimeout(() => end(new Error(`nothing was heard for ${silentMs} ms`)), silentMs)
      await new Promise<void>((resolve) => (wake = resolve))
      clearTimeout(timer)
    }
  }
  return {
    add(message: Uint8Array | string): void {
      waiting.push(message)
      if (waiting.length > mostWaiting) end(new Error('more came than could be taken'))
      wake()
    },
    end,
    take,
  }
}
