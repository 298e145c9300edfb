import { setTimeout as sleep } from 'node:timers/promises'

/** A desk that is open somewhere: the live stream, as pages read it. */
export interface OpenDesk {
  /** Resolves at the next engagement that arrives; throws where none does in time. */
  arrived(withinMs: number): Promise<void>
  close(): void
}

export async function openDesk(url: string, headers: Readonly<Record<string, string>>): Promise<OpenDesk> {
  const abort = new AbortController()
  const response = await fetch(`${url}/api/v1/live`, { headers, signal: abort.signal })
  if (response.body === null || !response.ok) throw new Error(`the live stream answers ${response.status}`)
  let wake = (): void => {}
  void follow(response.body, () => wake())
  return {
    async arrived(withinMs) {
      const next = new Promise<'arrived'>((resolve) => (wake = () => resolve('arrived')))
      const timer = new AbortController()
      const first = await Promise.race([next, sleep(withinMs, 'late', { signal: timer.signal })])
      timer.abort()
      if (first === 'late') throw new Error('nothing arrived in time')
    },
    close: () => abort.abort(),
  }
}

async function follow(body: ReadableStream<Uint8Array>, onArrived: () => void): Promise<void> {
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for await (const chunk of body) {
      const events = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
      rest = events.pop() ?? ''
      if (events.some((event) => event.includes('"engagement.arrived"'))) onArrived()
    }
  } catch {
    // The desk was closed.
  }
}
