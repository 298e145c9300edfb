// The chat on a page of another origin: a visitor writes, loses the network, sends a file, and reads our answers.
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstStartLink } from '../../server/workspace/index.ts'
import { makeOwner, type HttpClient } from '../http-client.ts'
import { startWholeServer, type WholeServer } from '../whole-server.ts'
import { openBrowser } from './browser.ts'

const webFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))
const wait = { timeout: 20_000 }
let server: WholeServer
let browser: Browser
let client: HttpClient
let slug: string
let shop: Server
let shopUrl: string
/** Attributes that the shop gives the chat. */
let facts = ''
let visitor: BrowserContext
let page: Page
let chat: FrameLocator

beforeAll(async () => {
  server = await startWholeServer({}, webFolder)
  const link = (await firstStartLink(server.platform)) ?? ''
  const owner = { name: 'Mara Lindner', email: 'mara@company.example', password: 'heron walks over slate' }
  ;({ client, slug } = await makeOwner(server.url, link, owner, { name: 'Acme', withSample: false }))
  browser = await openBrowser()
  shop = createServer((_, response) => {
    const script = `<script src="${server.url}/embed.js" data-workspace="${slug}" ${facts} async></script>`
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><title>Shop</title><h1>Shop</h1>${script}`)
  })
  await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done))
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
  visitor = await browser.newContext({ locale: 'en-GB' })
  page = await visitor.newPage()
  chat = page.frameLocator('iframe')
}, 120_000)

afterAll(async () => {
  await browser?.close()
  shop?.close()
  await server?.close()
})

async function theCase(): Promise<{ id: string; messages: number; person: { id: string } }> {
  await expect
    .poll(async () => (await client.call('GET', '/cases?view=all')).items.length, wait)
    .toBeGreaterThan(0)
  return (await client.call('GET', '/cases?view=all')).items[0]
}

async function answer(text: string): Promise<void> {
  const { id } = await theCase()
  const { items } = await client.call('GET', `/cases/${id}/thread`)
  const newest = items.filter((item: { type: string }) => item.type === 'engagement').at(-1)
  await client.call('POST', `/cases/${id}/answers`, {
    text,
    key: crypto.randomUUID(),
    lastSeenEngagementId: newest?.engagement?.id ?? newest?.id ?? null,
    sendAnyway: true,
  })
}

describe('a visitor of a shop', () => {
  test('writes in the chat, and reads our answer by itself in the same thread', async () => {
    await page.goto(shopUrl)
    await page.getByRole('button', { name: 'Contact us' }).click()
    await chat.getByLabel('Your name').fill('Leonie')
    await chat.getByLabel('Your message').fill('Do you ship to Norway?')
    await chat.getByRole('button', { name: 'Send', exact: true }).click()
    await chat.getByText('Do you ship to Norway?').waitFor(wait)
    await answer('Yes, within a week.')
    await chat.getByText('Yes, within a week.').waitFor(wait)
  })

  test('writes without a network; it waits, and arrives once when the network is back', async () => {
    await visitor.setOffline(true)
    await chat.getByLabel('Your message').fill('And how much is it?')
    await chat.getByRole('button', { name: 'Send', exact: true }).click()
    await chat.getByText('Waits for the connection').waitFor(wait)
    await visitor.setOffline(false)
    await chat.getByText('Waits for the connection').waitFor({ state: 'detached', ...wait })
    await expect.poll(async () => (await theCase()).messages, wait).toBe(3)
    expect(await chat.getByText('And how much is it?').count()).toBe(1)
  })

  test('sends a file, which members can fetch and which no browser runs', async () => {
    const buffer = Buffer.from('<script>document.title = "hacked"</script>')
    await chat
      .locator('input[type=file]')
      .setInputFiles({ name: 'order\u202Egpj.html', mimeType: 'text/html', buffer })
    await expect.poll(async () => (await theCase()).messages, wait).toBe(4)
    const { items } = await client.call('GET', `/cases/${(await theCase()).id}/thread`)
    const text = JSON.stringify(items)
    const url = /http[^"]*\/api\/v1\/attachments\/[0-9a-f-]+/.exec(text)?.[0] ?? ''
    const cookie = client.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
    const file = await fetch(url, { headers: { cookie, 'horseshoe-workspace': slug } })
    expect(file.status).toBe(200)
    expect(file.headers.get('content-type')).toBe('application/octet-stream')
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(await file.text()).toBe(buffer.toString())
    expect((await fetch(url)).status).toBe(404)
    expect(text).not.toContain('\u202E')
  })

  test('hears of an answer while the chat is closed, and finds the conversation on the next visit', async () => {
    await page.getByRole('button', { name: 'Close' }).click()
    await answer('Nine euros.')
    await page.getByRole('button', { name: 'Contact us (1)' }).waitFor(wait)
    await page.reload()
    await page.getByRole('button', { name: /Contact us/ }).click()
    await chat.getByText('Nine euros.').waitFor(wait)
    await chat.getByText('Do you ship to Norway?').waitFor(wait)
  })

  test('whom the shop vouches for is known as its customer, and nobody else is', async () => {
    const { item, secret } = await client.call('POST', '/sites', { name: 'Shop' })
    const hash = createHmac('sha256', secret).update('4711').digest('hex')
    for (const [userHash, customerId] of [
      [hash, '4711'],
      ['00'.repeat(32), null],
    ]) {
      facts = `data-name="Customer" data-key="${item.writeKey}" data-user-id="4711" data-user-hash="${userHash}"`
      const other = await browser.newContext()
      const their = await other.newPage()
      await their.goto(shopUrl)
      await their.getByRole('button', { name: 'Contact us' }).click()
      await their.frameLocator('iframe').getByLabel('Your message').fill('Hello')
      await their.frameLocator('iframe').getByRole('button', { name: 'Send', exact: true }).click()
      const before = customerId === null ? 2 : 1
      await expect.poll(async () => (await client.call('GET', '/people')).items.length, wait).toBe(before + 1)
      const people = (await client.call('GET', '/people')).items
      const known = await Promise.all(
        people.map((each: { id: string }) => client.call('GET', `/people/${each.id}`)),
      )
      const ids = known.flatMap((each) =>
        each.identities.map((one: { customerId: string | null }) => one.customerId),
      )
      expect(ids.filter((id) => id === '4711')).toHaveLength(1)
      await other.close()
    }
  })
})
