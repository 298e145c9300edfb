// What every twin stands on: an HTTP server on a free port with a clock that can be moved, the faults of the way, and
// the answers of one network. A network brings its state and its words; see telegram/ and whatsapp/.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../../../channels/conformance/backend.ts'

export interface Call {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Ends when the caller goes away. */
  readonly signal: AbortSignal
}

export interface TwinAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or bytes as they are. */
  readonly body: unknown
  /** Goes on as long as this does, in place of `body`. */
  readonly stream?: AsyncIterable<string>
}

/** How one network behaves. */
export interface Network {
  answer(call: Call): Promise<TwinAnswer> | TwinAnswer
  /** A status that a test asks for, in this network's own words and headers. */
  refuse(status: number, headers: Readonly<Record<string, string>>): TwinAnswer
}

export interface Chassis {
  /** Without a slash at its end. */
  readonly url: string
  readonly hostPort: string
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  readonly fault: (fault: Fault | null) => void
  /** What is wrong at the moment with the caller's token; networks ask this. */
  readonly tokenFault: () => 'token-expired' | 'token-revoked' | null
  readonly close: () => Promise<void>
}

/** `aheadMs`: how far the network's clock is before this machine's; behind where negative. */
export async function openChassis(
  networkOf: (clock: { now(): number }) => Network,
  aheadMs = 0,
): Promise<Chassis> {
  let ahead = aheadMs
  let fault: Fault | null = null
  const clock = { now: () => Date.now() + ahead }
  const network = networkOf(clock)
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    void serve(network, () => fault, request, response)
  })
  server.on('connection', (socket) => {
    if (fault?.kind === 'refuse') return void socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    hostPort: `127.0.0.1:${port}`,
    now: clock.now,
    wait: async (ms) => {
      ahead += Math.max(0, ms)
    },
    fault: (next) => {
      fault = next
    },
    tokenFault: () =>
      fault?.kind === 'token-expired' || fault?.kind === 'token-revoked' ? fault.kind : null,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function serve(
  network: Network,
  faultNow: () => Fault | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const body = await readBody(request)
  const fault = faultNow()
  if (fault?.kind === 'cut') return void request.socket.destroy()
  if (fault?.kind === 'html-error') {
    return write(response, { status: 502, headers: { 'content-type': 'text/html' }, body: page }, false)
  }
  if (fault?.kind === 'status')
    return write(response, network.refuse(fault.status, fault.headers ?? {}), false)
  if (fault?.kind === 'slow') await sleep(fault.ms)
  const url = new URL(request.url ?? '/', 'http://twin')
  const answer = await network.answer({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: headersOf(request),
    body,
    signal: gone.signal,
  })
  if (gone.signal.aborted) return
  if (answer.stream !== undefined) return writeStream(response, answer, answer.stream)
  // Only what takes effect can be done and not told.
  const isLost = faultNow()?.kind === 'lose-answer' && request.method !== 'GET'
  if (isLost) return void request.socket.destroy()
  write(response, answer, faultNow()?.kind === 'half-answer')
}

const page = Buffer.from('<!doctype html><title>502 Bad Gateway</title><h1>Bad Gateway</h1>')

function write(response: ServerResponse, answer: TwinAnswer, isHalf: boolean): void {
  const bytes = Buffer.isBuffer(answer.body) ? answer.body : Buffer.from(JSON.stringify(answer.body))
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
  response.end(isHalf ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes)
}

async function writeStream(
  response: ServerResponse,
  { status, headers }: TwinAnswer,
  stream: AsyncIterable<string>,
): Promise<void> {
  response.writeHead(status, { 'content-type': 'text/event-stream', ...headers })
  response.flushHeaders()
  for await (const piece of stream) response.write(piece)
  response.end()
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}
