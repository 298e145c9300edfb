// What leaves beside plain words, as a member does it on the page: a template where nothing else may go, a file with its
// words, and a post that nobody asked for.
import { fileURLToPath } from 'node:url'
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstStartLink } from '../../server/workspace/index.ts'
import { makeOwner, type HttpClient } from '../http-client.ts'
import { missingPackages } from '../peers/install.ts'
import { openMastodonBackend } from '../peers/twins/mastodon/backend.ts'
import { openWhatsappBackend, type WhatsappBackend } from '../peers/twins/whatsapp/backend.ts'
import { startWholeServer, type WholeServer } from '../whole-server.ts'
import { enterAs, openBrowser, settled } from './browser.ts'

const webFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))
const axeFile = fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url))
const missing = missingPackages('twins')
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const number = '41790001122'
const dayAgo = () => String(Math.floor(Date.now() / 1_000) - 26 * 3_600)

let whatsapp: WhatsappBackend
let mastodon: Awaited<ReturnType<typeof openMastodonBackend>>
let server: WholeServer
let browser: Browser
let client: HttpClient
let page: Page
let home: string

async function connect(channel: string, link: WhatsappBackend['link']): Promise<string> {
  const { config, secrets } = link
  const made = await client.call('POST', '/connections', { channel, config, secrets })
  return made.id
}

/** Meta's pushes and its challenge reach the hook that the connection was given. */
async function connectWhatsapp(): Promise<void> {
  let connectionId = ''
  const hook = async () => {
    if (connectionId === '') {
      const { items } = await client.call('GET', '/connections')
      connectionId = items.find((each: { channel: string }) => each.channel === 'whatsapp')?.id ?? ''
    }
    return new URL((await client.call('GET', `/connections/${connectionId}/hook`)).url).pathname
  }
  whatsapp.network.challenge = async ({ query }) => {
    const answer = await fetch(`${server.url}${await hook()}?${new URLSearchParams(query)}`)
    const contentType = answer.headers.get('content-type') ?? ''
    return { status: answer.status, contentType, body: await answer.text() }
  }
  whatsapp.network.pushes.to(async ({ headers, body }) => {
    const answer = await fetch(`${server.url}${await hook()}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(body),
    })
    return answer.status
  })
  connectionId = await connect('whatsapp', whatsapp.link)
}

async function theCase(): Promise<string> {
  await expect
    .poll(async () => (await client.call('GET', '/cases?view=all')).items.length, { timeout: 20_000 })
    .toBeGreaterThan(0)
  return (await client.call('GET', '/cases?view=all')).items[0].id
}

async function expectClean(name: string): Promise<void> {
  await settled(page)
  await page.addScriptTag({ content: await readFile(axeFile, 'utf8') })
  const found: string[] = await page.evaluate(async () => {
    // oxlint-disable-next-line typescript/no-explicit-any
    const { violations } = await (globalThis as any).axe.run(document, { resultTypes: ['violations'] })
    return violations.map(
      (each: { id: string; nodes: { target: string[] }[] }) =>
        `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )
  })
  expect({ name, found }).toEqual({ name, found: [] })
}

describe.skipIf(missing !== null)('what goes out from the pages', () => {
  beforeAll(async () => {
    ;[whatsapp, mastodon] = await Promise.all([openWhatsappBackend(), openMastodonBackend()])
    const trusted = [whatsapp, mastodon].flatMap(({ link }) =>
      Object.values(link.config).flatMap((value) => (/^https?:/.test(value) ? [new URL(value).host] : [])),
    )
    server = await startWholeServer({ TRUSTED_HOSTS: trusted.join(',') }, webFolder)
    const owner = { name: 'Mara Lindner', email: 'mara@company.example', password: 'heron walks over slate' }
    const link = (await firstStartLink(server.platform)) ?? ''
    const made = await makeOwner(server.url, link, owner, { name: 'Acme', withSample: false })
    client = made.client
    home = `${server.url}/w/${made.slug}`
    browser = await openBrowser()
    const context = await browser.newContext({
      bypassCSP: true,
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
    })
    context.setDefaultTimeout(15_000)
    await enterAs(context, client, server.url)
    page = await context.newPage()
    await connectWhatsapp()
    await connect('mastodon', mastodon.link)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await Promise.all([whatsapp?.close(), mastodon?.close()])
  })

  test('a template is picked, filled, seen as the person will see it, and sent after the window closed', async () => {
    whatsapp.network.people.set(number, 'Tilda')
    await expect
      .poll(
        () => {
          whatsapp.network.heard(number, {
            type: 'text',
            text: { body: 'Where is my lamp?' },
            timestamp: dayAgo(),
          })
          return client.call('GET', '/cases?view=all').then(({ items }) => items.length)
        },
        { timeout: 20_000, interval: 1_000 },
      )
      .toBeGreaterThan(0)
    await page.goto(`${home}/desk?view=all&case=${await theCase()}`)
    await page.getByText('Only a template that the network approved may be sent.').waitFor()
    await page.getByRole('combobox', { name: 'Approved message' }).click()
    await page.getByRole('option', { name: 'order ready (en_US)' }).click()
    await page.getByLabel('Blank 1 in the title').fill('99')
    await page.getByLabel('customer').fill('Tilda')
    const send = page.getByRole('button', { name: 'Send this message' })
    expect(await send.isDisabled()).toBe(true)
    await page.getByLabel('item').fill('lamp')
    await page.getByText('Hi Tilda, your lamp is ready.').waitFor()
    await expectClean('template')
    await send.click()
    await expect
      .poll(() => whatsapp.network.arrived.map(({ text }) => text), { timeout: 15_000 })
      .toEqual(['Order 99\n\nHi Tilda, your lamp is ready.\n\nAcme care'])
  }, 90_000)

  test('a picture is attached, goes with its words once, and stands in the thread', async () => {
    const asked = whatsapp.network.heard(number, {
      type: 'text',
      text: { body: 'Thank you! How does it look?' },
    })
    const words = page.locator('article').filter({ hasText: 'How does it look?' })
    await words.hover()
    await words.getByRole('button', { name: 'Like' }).click()
    await expect.poll(() => whatsapp.network.liked, { timeout: 15_000 }).toEqual([asked])
    const writer = page.getByRole('textbox', { name: /^Reply to / })
    await writer.waitFor()
    await page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'lamp.png', mimeType: 'image/png', buffer: png }])
    await page.getByRole('list', { name: 'Files that go with it' }).getByText('lamp.png').waitFor()
    await writer.fill('Like this.')
    await expectClean('attachment')
    await writer.press('Control+Enter')
    await expect.poll(() => whatsapp.network.arrived.at(-1)?.text, { timeout: 15_000 }).toBe('Like this.')
    expect(whatsapp.network.arrived.at(-1)?.file?.bytes).toEqual(png)
    await page.locator('article img').first().waitFor()
    expect(whatsapp.network.arrived).toHaveLength(2)
  }, 60_000)

  test('an account speaks first from the page of presences, and its post is seen to have left', async () => {
    await page.goto(`${home}/presences?post=choose`)
    const panel = page.getByRole('region', { name: 'Say something first' })
    await panel.getByLabel('What you want to say').fill('New lamps are here.')
    await panel
      .locator('input[type=file]')
      .setInputFiles([{ name: 'lamp.png', mimeType: 'image/png', buffer: png }])
    await panel.getByRole('button', { name: 'Post', exact: true }).click()
    await panel.getByText('will not know what it is').waitFor()
    await panel.getByLabel('Description of lamp.png').fill('A lamp')
    await expectClean('post')
    await panel.getByRole('button', { name: 'Post', exact: true }).click()
    await panel.getByRole('listitem').getByText('Sent').waitFor()
    await expectClean('posted')
  }, 60_000)
})
