// The published browser library of Segment, unchanged, on a page of another origin.
import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstStartLink } from '../../server/workspace/index.ts'
import { makeOwner, type HttpClient } from '../http-client.ts'
import { startWholeServer, type WholeServer } from '../whole-server.ts'
import { openBrowser } from './browser.ts'

const library = fileURLToPath(
  new URL('../peers/segment-sdk/node_modules/@segment/analytics-next/dist/umd/', import.meta.url),
)
let server: WholeServer
let browser: Browser
let client: HttpClient
let shop: Server
let shopUrl: string

beforeAll(async () => {
  server = await startWholeServer()
  const link = (await firstStartLink(server.platform)) ?? ''
  const owner = { name: 'Mara', email: 'mara@company.example', password: 'heron walks over slate' }
  client = (await makeOwner(server.url, link, owner, { name: 'Acme', withSample: false })).client
  browser = await openBrowser()
  shop = createServer((request, response) => {
    const name = /^\/([\w.-]+\.js)$/.exec(request.url ?? '')?.[1]
    if (name === undefined) {
      response.setHeader('content-type', 'text/html')
      return response.end('<!doctype html><title>Tarn shop</title><script src="/index.js"></script>')
    }
    readFile(library + name).then(
      (file) => response.setHeader('content-type', 'text/javascript').end(file),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done))
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
}, 120_000)

afterAll(async () => {
  await browser?.close()
  shop?.close()
  await server?.close()
})

interface Library {
  readonly AnalyticsNext: {
    readonly AnalyticsBrowser: {
      load(settings: { readonly writeKey: string; readonly cdnURL: string }): {
        page(name: string): Promise<unknown>
        identify(userId: string, traits: object): Promise<unknown>
        track(event: string, properties: object): Promise<unknown>
      }
    }
  }
}

test('tells what a visitor did, and it stands in the timeline of the customer that the shop vouches for', async () => {
  const { item, secret } = await client.call('POST', '/sites', { name: 'Shop', origins: [shopUrl] })
  const engagement = {
    source: 'letters',
    externalId: '1',
    direction: 'in',
    author: { externalId: 'jo', name: 'Jo Field', customerId: '4711' },
    text: 'Where is my order?',
    publishedAt: new Date().toISOString(),
  }
  await client.call('POST', '/engagements', { engagements: [engagement] })

  const visitor = await browser.newPage()
  await visitor.goto(shopUrl)
  const userHash = createHmac('sha256', secret).update('4711').digest('hex')
  await visitor.evaluate(
    async ({ writeKey, cdnURL, userHash: hash }) => {
      const { AnalyticsNext } = globalThis as unknown as Library
      const analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnURL })
      await analytics.page('Home')
      await analytics.identify('4711', { userHash: hash })
      await analytics.track('Order Completed', { total: 89, currency: 'EUR' })
    },
    { writeKey: item.writeKey, cdnURL: `${server.url}/segment`, userHash },
  )
  await expect.poll(() => eventsOf(client), { timeout: 20_000 }).toEqual(['Home', 'Order Completed'])
})

async function eventsOf(member: HttpClient): Promise<readonly string[]> {
  const [person] = (await member.call('GET', '/people?q=Jo')).items
  if (person === undefined) return []
  const { items } = await member.call('GET', `/people/${person.id}/timeline`)
  const events = items.filter((each: { type: string }) => each.type === 'event')
  return events.map((each: { name: string }) => each.name).toSorted()
}
