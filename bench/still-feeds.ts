import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Feeds in which nothing happens, as most do most of the time. */
export async function startFeeds(count: number): Promise<{
  readonly urls: readonly string[]
  readonly hosts: readonly string[]
  close(): Promise<void>
}> {
  const server = createServer((request, response) => {
    const etag = '"still"'
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end()
    response.writeHead(200, { 'content-type': 'application/atom+xml', etag })
    response.end(
      `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:feed:${request.url}</id><title>Still</title>
<updated>2026-01-01T00:00:00Z</updated></feed>`,
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    urls: Array.from({ length: count }, (_, i) => `http://${host}/${i}`),
    hosts: [host],
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
