// Serves the site of a plug on a free port, as the server does under its public address.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Site } from '../../channels/channel.ts'

export interface SiteServer {
  readonly url: string
  readonly hostPort: string
  serve(site: Site): void
  close(): Promise<void>
}

export async function startSiteServer(): Promise<SiteServer> {
  let site: Site | null = null
  const server = createServer((incoming, outgoing) => {
    void answer(site, incoming).then(
      async (response) => {
        outgoing.writeHead(response.status, Object.fromEntries(response.headers))
        outgoing.end(Buffer.from(await response.arrayBuffer()))
      },
      () => outgoing.writeHead(500).end(),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    hostPort: `127.0.0.1:${port}`,
    serve: (next) => {
      site = next
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

async function answer(site: Site | null, incoming: IncomingMessage): Promise<Response> {
  const { method = 'GET', url = '/', headers } = incoming
  const isOurs = site !== null && site.prefixes.some((prefix) => url.startsWith(prefix))
  if (!isOurs) return new Response('not found', { status: 404 })
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const request = new Request(`http://${headers.host}${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
  })
  return site.handle(request)
}
