import { askOutside, openAgent, type FetchRules, type OutsideRequest } from './fetch-outside.ts'

export interface StreamOptions {
  readonly signal: AbortSignal
  /** Given up when nothing came for so long. */
  readonly silentMs: number
}

export interface OutsideStream {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: AsyncIterable<Uint8Array>
}

/** An answer that goes on: its head in the usual time, its body until either side or silence ends it. */
export async function streamOutside(
  request: OutsideRequest,
  rules: FetchRules,
  { signal, silentMs }: StreamOptions,
): Promise<OutsideStream> {
  const agent = openAgent(rules, request.timeoutMs ?? 10_000, silentMs)
  try {
    const { answer } = await askOutside(request, rules, { agent, signal })
    const { statusCode: status, headers } = answer
    return { status, headers, body: read(answer.body, () => agent.destroy()) }
  } catch (error) {
    await agent.destroy()
    throw error
  }
}

async function* read(
  body: AsyncIterable<Uint8Array>,
  close: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } finally {
    await close()
  }
}
