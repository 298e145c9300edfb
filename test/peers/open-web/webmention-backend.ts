// The open web as far as webmentions go: people's pages with microformats2, an endpoint that reads what is told to it
// by somebody else's parser, and our own page, all on one server; a twin by the W3C Recommendation.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { mf2 } from 'microformats-parser'
import type { HookRequest, Link, SitePorts } from '../../../channels/channel.ts'
import type { Backend, Customer, Said, Seen } from '../../../channels/conformance/backend.ts'
import { webmention } from '../../../channels/feeds/webmention.ts'
import { openTestPorts } from '../../ports.ts'
import { startFaultProxy } from '../fault-proxy.ts'

interface Page {
  readonly html: string | null
  readonly author: string
}

interface Told {
  readonly source: string
  readonly target: string
  readonly text: string
}

export async function openWebmentionBackend(): Promise<Backend> {
  const pages = new Map<string, Page>()
  const told = new Map<string, Told>()
  let take: (request: HookRequest) => Promise<number> = async () => 503
  let isOpen = true
  const server = createServer(
    (request, response) => void serve(request, response).catch(() => response.destroy()),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const proxy = await startFaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const { url } = proxy
  const ports = openTestPorts({ trusted: [proxy.host] })
  const ourPage = `${url}/ours/news`
  const link: Link = {
    id: 'webmention',
    account: { id: `${url}/ours/`, handle: 'ours', name: 'Acme', url: `${url}/ours/`, avatarUrl: null },
    config: { site: `${url}/ours/` },
    secrets: {},
    hookUrl: `${url}/hook`,
  }
  const sitePorts: SitePorts = {
    ...ports,
    publicUrl: url,
    linkOf: async (handle) => (handle === 'ours' ? link : null),
    links: async () => [link],
    portsOf: () => ports,
    keep: async () => {},
  }
  const site = webmention.site?.(sitePorts)

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    if (path === '/endpoint') return endpoint(new URLSearchParams(await text(request)), response)
    if (path.startsWith('/ours/'))
      return html(response, 200, `<link rel="webmention" href="${link.hookUrl}">News`)
    const page = pages.get(`${url}${path}`)
    if (page === undefined) return html(response, 404, 'nothing')
    if (page.html === null) return html(response, 410, 'gone')
    response.setHeader('link', `<${url}/endpoint>; rel="webmention"`)
    html(response, 200, page.html)
  }

  /** Reads the source at once, as the smallest endpoints do. */
  async function endpoint(form: URLSearchParams, response: ServerResponse): Promise<void> {
    const source = form.get('source') ?? ''
    const target = form.get('target') ?? ''
    const answer = await site?.handle(new Request(source))
    const key = `${source} ${target}`
    if (answer === undefined || answer.status === 404) return void response.writeHead(400).end()
    if (answer.status === 410) return void (told.delete(key), response.writeHead(202).end())
    const [entry] = mf2(await answer.text(), { baseUrl: source }).items
    const content = entry?.properties['content']?.[0]
    const on = [
      entry?.properties['in-reply-to'],
      entry?.properties['like-of'],
      entry?.properties['repost-of'],
    ].flat()
    if (!on.includes(target)) return void response.writeHead(400).end()
    const words = typeof content === 'object' && 'html' in content ? content.value : ''
    told.set(key, { source, target, text: words })
    response.writeHead(202).end()
  }

  /** As a good sender does: again until it was taken, or for half a minute. */
  async function tell(source: string, target: string): Promise<void> {
    const body = Buffer.from(new URLSearchParams({ source, target }).toString())
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    for (let tries = 0; tries < 300 && isOpen; tries += 1) {
      const status = await take({ method: 'POST', query: {}, headers, body })
      if (status >= 200 && status < 300) return
      await sleep(100)
    }
  }

  let count = 0
  function newCustomer(name: string): Customer {
    const me = `${url}/people/${(count += 1)}`
    const write = (body: string, target: string, at = `${url}/p/${(count += 1)}`): Said => {
      const time = new Date().toISOString()
      const card = `<a class="p-author h-card" href="${me}">${escape(name)}</a>`
      const when = `<time class="dt-published" datetime="${time}"></time>`
      pages.set(at, {
        html: `<html><body><div class="h-entry">${card}${when}${body}</div></body></html>`,
        author: me,
      })
      void tell(at, target)
      return { externalId: at }
    }
    const content = (words: string): string => `<div class="e-content">${escape(words)}</div>`
    const mention = `<a href="${ourPage}">about this</a>`
    const isOurs = ({ externalId }: Said): boolean => externalId.startsWith(`${url}/mentions/`)
    return {
      handle: me,
      name,
      say: async (words) => write(content(words) + mention, ourPage),
      reply: async (to, words) => {
        const answered = `<a class="u-in-reply-to" href="${to.externalId}"></a>`
        return write(content(words) + answered + mention, isOurs(to) ? to.externalId : ourPage)
      },
      like: async ({ externalId }) =>
        void write(`<a class="u-like-of" href="${externalId}"></a>`, externalId),
      share: async ({ externalId }) =>
        void write(`<a class="u-repost-of" href="${externalId}"></a>`, externalId),
      edit: async ({ externalId }, words) => void write(content(words) + mention, ourPage, externalId),
      remove: async ({ externalId }) => {
        pages.set(externalId, { html: null, author: me })
        void tell(externalId, ourPage)
      },
      inbox: async (): Promise<readonly Seen[]> =>
        [...told.values()]
          .filter(({ target }) => pages.get(target)?.author === me)
          .map(({ text: words, target }) => ({ text: words, below: target, isPrivate: false })),
    }
  }

  return {
    kind: 'twin',
    plug: webmention,
    ports,
    settings: { smtp: undefined },
    link,
    newCustomer: async (name) => newCustomer(name),
    onPush: (given) => {
      take = given
    },
    forge: (request) => {
      const form = new URLSearchParams(Buffer.from(request.body).toString())
      const source = form.get('source') ?? ''
      const target = form.get('target') ?? ''
      const posted = (fields: Record<string, string>): HookRequest => ({
        ...request,
        body: Buffer.from(new URLSearchParams(fields).toString()),
      })
      return [
        {
          what: 'from a page that does not link to us',
          request: posted({ source: `${url}/ours/other`, target }),
        },
        { what: 'to a page that is not ours', request: posted({ source, target: 'https://example.org/' }) },
        { what: 'from a page to itself', request: posted({ source: target, target }) },
        { what: 'from a page inside', request: posted({ source: 'http://127.0.0.1:1/', target }) },
        { what: 'from no web address', request: posted({ source: 'file:///etc/passwd', target }) },
        { what: 'without a source', request: posted({ target }) },
      ]
    },
    fault: (fault) => {
      proxy.fault = fault
    },
    async close() {
      isOpen = false
      await proxy.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function html(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body)
}

function escape(words: string): string {
  return words
    .toWellFormed()
    .replaceAll('\0', '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
