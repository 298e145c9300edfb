// Stands between a channel and a real server and makes go wrong what can go wrong on the way.
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Fault } from '../../channels/conformance/backend.ts'

export interface FaultProxy {
  readonly url: string
  /** `127.0.0.1:port`, as the egress trusts it. */
  readonly host: string
  /** Requests that came, as `GET /path`. */
  readonly asked: string[]
  fault: Fault | null
  close(): Promise<void>
}

/** Changes what the caller proves who it is by; the server itself then refuses. */
export type SpoilCredentials = (request: { url: string; headers: Record<string, string | string[]> }) => void

function spoilAuthorization({ headers }: { headers: Record<string, string | string[]> }): void {
  if (headers['authorization'] !== undefined) headers['authorization'] = `Basic ${btoa('care:no longer')}`
}

export interface FaultProxyOptions {
  readonly spoil?: SpoilCredentials
  /** Whether a request changes anything at the server, so that its answer can be lost; all but GET where left out. */
  readonly takesEffect?: (request: { readonly method: string; readonly url: string }) => boolean
}

export async function startFaultProxy(
  target: string,
  { spoil = spoilAuthorization, takesEffect = ({ method }) => method !== 'GET' }: FaultProxyOptions = {},
): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    proxy.asked.push(`${request.method} ${request.url}`)
    void serve(request, response, proxy.fault).catch(() => response.destroy())
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    if (proxy.fault?.kind === 'refuse') socket.destroy()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    fault: Fault | null,
  ): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (fault !== null && (await failedBefore(fault, response))) return
    const answer = await forward(
      target,
      request,
      Buffer.concat(chunks),
      fault === null ? null : spoilFor(fault, spoil),
    )
    const { method = 'GET', url = '/' } = request
    if (fault?.kind === 'lose-answer' && takesEffect({ method, url })) return void response.destroy()
    response.writeHead(answer.status, answer.headers)
    if (fault?.kind !== 'half-answer') return void response.end(answer.body)
    response.write(answer.body.subarray(0, answer.body.length / 2))
    setTimeout(() => response.destroy(), 20)
  }

  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    asked: [],
    fault: null,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
  return proxy
}

function spoilFor(fault: Fault, spoil: SpoilCredentials): SpoilCredentials | null {
  return fault.kind === 'token-expired' || fault.kind === 'token-revoked' ? spoil : null
}

/** Whether it failed before the server heard of it. */
async function failedBefore(fault: Fault, response: ServerResponse): Promise<boolean> {
  if (fault.kind === 'slow') {
    await new Promise((done) => setTimeout(done, fault.ms))
    return false
  }
  if (fault.kind === 'status') {
    response.writeHead(fault.status, { ...fault.headers, 'content-type': 'text/plain' }).end('out of order')
    return true
  }
  if (fault.kind === 'html-error') {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>Bad gateway</body></html>')
    return true
  }
  if (fault.kind !== 'cut' && fault.kind !== 'refuse') return false
  response.destroy()
  return true
}

interface Answer {
  readonly status: number
  readonly headers: Record<string, string | string[]>
  readonly body: Buffer
}

function forward(
  target: string,
  request: IncomingMessage,
  body: Buffer,
  spoil: SpoilCredentials | null,
): Promise<Answer> {
  const sent = { url: request.url ?? '/', headers: withoutUndefined(request.headers) }
  delete sent.headers['connection']
  spoil?.(sent)
  return new Promise((resolve, reject) => {
    const asked = ask(
      new URL(sent.url, target),
      { method: request.method ?? 'GET', headers: sent.headers, agent: false },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const headers = withoutUndefined(answer.headers)
          for (const name of ['transfer-encoding', 'connection', 'content-length']) delete headers[name]
          resolve({ status: answer.statusCode ?? 502, headers, body: Buffer.concat(chunks) })
        })
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

function withoutUndefined(headers: IncomingMessage['headers']): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
