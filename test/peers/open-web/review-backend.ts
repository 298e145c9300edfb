// A page of reviews as shops show them: schema.org in JSON-LD, the newest first and only so many. Our own server, since no
// shop can be run here; its customers are people who rate.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Backend, Customer, Said } from '../../../channels/conformance/backend.ts'
import { bounded } from '../../../channels/feeds/feed-item.ts'
import { reviewPage } from '../../../channels/feeds/review-page.ts'
import { openTestPorts } from '../../ports.ts'
import { startFaultProxy } from '../fault-proxy.ts'

interface Rated {
  readonly id: string
  readonly who: string
  readonly text: string
  readonly at: Date
}

const shown = 400

export async function openReviewBackend(): Promise<Backend> {
  const reviews: Rated[] = []
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pageOf(reviews.slice(-shown)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const proxy = await startFaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const url = `${proxy.url}/anvil`
  reviews.push({ id: `${url}#first`, who: 'Ines First', text: 'It rings.', at: new Date() })
  return {
    kind: 'real-server',
    plug: reviewPage,
    ports: openTestPorts({ trusted: [proxy.host] }),
    settings: { smtp: undefined },
    link: {
      id: 'reviews',
      account: { id: url, handle: `${proxy.host}/anvil`, name: 'Anvil', url, avatarUrl: null },
      config: { url },
      secrets: {},
      hookUrl: 'https://desk.example/hooks/reviews',
    },
    newCustomer: async (name) => newReviewer(reviews, url, name),
    fault: (fault) => {
      proxy.fault = fault
    },
    async close() {
      await proxy.close()
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function newReviewer(reviews: Rated[], url: string, who: string): Customer {
  const nameOf = (id: string): Said => ({ externalId: bounded(`${url} ${id}`) })
  async function say(text: string): Promise<Said> {
    // No more than a poll can follow: what has left the page before it was read nobody can hear.
    await sleep(10)
    const id = `${url}#review-${reviews.length}`
    reviews.push({ id, who, text, at: new Date() })
    return nameOf(id)
  }
  return {
    handle: who,
    name: who,
    say,
    reply: (_to, text) => say(text),
    async edit({ externalId }, text) {
      const index = reviews.findIndex(({ id }) => nameOf(id).externalId === externalId)
      const before = reviews[index]
      if (before === undefined) throw new Error('nobody said that')
      reviews[index] = { ...before, text }
    },
    inbox: async () => [],
  }
}

function pageOf(reviews: readonly Rated[]): string {
  const review = reviews.toReversed().map(({ id, who, text, at }) => ({
    '@type': 'Review',
    '@id': id,
    author: { '@type': 'Person', name: who },
    reviewBody: text,
    datePublished: at.toISOString(),
    reviewRating: { '@type': 'Rating', ratingValue: 4 },
  }))
  const thing = { '@context': 'https://schema.org', '@type': 'Product', name: 'Anvil', review }
  const json = JSON.stringify(thing).replaceAll('<', '\\u003c')
  return `<!doctype html><title>Anvil</title><script type="application/ld+json">${json}</script>`
}
