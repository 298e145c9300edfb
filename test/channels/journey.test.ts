// What a new user would try: a mailbox, a Bluesky account and an actor of the fediverse are connected on the page of
// presences, a customer on each writes, is answered from the desk and sees the answer in the right thread; one edits,
// one deletes; the network goes away for a while and nothing is lost.
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Customer, Said } from '../../channels/conformance/backend.ts'
import { bluesky } from '../../channels/bluesky/bluesky.ts'
import { mailbox } from '../../channels/email/mailbox.ts'
import { fediverse } from '../../channels/fediverse/fediverse.ts'
import type { Manifest } from '../../channels/manifest.ts'
import { firstStartLink } from '../../server/workspace/index.ts'
import { enterAs, openBrowser } from '../browser/browser.ts'
import { makeOwner, type HttpClient } from '../http-client.ts'
import { openFediverseBackend, type FediverseBackend } from '../peers/activitypub-bot/backend.ts'
import { openBlueskyBackend, type BlueskyBackend } from '../peers/bluesky/backend.ts'
import { openBadLine, type BadLine } from '../peers/dovecot/bad-line.ts'
import { customersOf } from '../peers/dovecot/backend.ts'
import { startMailWorld, type MailWorld } from '../peers/dovecot/mail-world.ts'
import { missingDebian, missingPackages } from '../peers/install.ts'
import { startWholeServer, type WholeServer } from '../whole-server.ts'

const webFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))
const wait = { timeout: 30_000 }
/** How long the network is away. */
const cutMs = Number(process.env['CUT_SECONDS'] ?? 15) * 1_000
const missing =
  missingDebian(['dovecot-imapd', 'dovecot-lmtpd']) ??
  missingPackages('bluesky') ??
  missingPackages('activitypub-bot')

let mails: MailWorld
let sky: BlueskyBackend
let skyLine: BadLine
let fedi: FediverseBackend
let server: WholeServer
let browser: Browser
let page: Page
let client: HttpClient
let home: string

const customers = new Map<string, Customer>()
const said = new Map<string, Said>()

describe.skipIf(missing !== null)('a company and three customers on three networks', () => {
  beforeAll(async () => {
    const port = await freePort()
    ;[mails, sky, fedi] = await Promise.all([
      startMailWorld({ signIn: 'password', security: 'tls' }),
      openBlueskyBackend(),
      openFediverseBackend({ actor: `http://localhost:${port}/fediverse/users/care` }),
    ])
    skyLine = await openBadLine(Number(new URL(sky.peer.url).port))
    const trusted = [...mails.trusted, `127.0.0.1:${skyLine.port}`, fedi.peer.proxy.host, `localhost:${port}`]
    server = await startWholeServer({ PORT: `${port}`, TRUSTED_HOSTS: trusted.join(',') }, webFolder)
    const link = (await firstStartLink(server.platform)) ?? ''
    const owner = { name: 'Mara Lindner', email: 'mara@company.example', password: 'heron walks over slate' }
    const made = await makeOwner(server.url, link, owner, { name: 'Acme', withSample: false })
    client = made.client
    home = `${server.url}/w/${made.slug}`
    browser = await openBrowser()
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
    context.setDefaultTimeout(wait.timeout)
    await enterAs(context, client, server.url)
    page = await context.newPage()
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    await server?.close()
    await Promise.all([mails?.close(), sky?.close(), fedi?.close(), skyLine?.close()])
  })

  test('connects a mailbox, a Bluesky account and an actor of the fediverse', async () => {
    const at = `127.0.0.1:${skyLine.port}`
    await connect(mailbox.manifest, { ...mails.link.config, ...mails.link.secrets })
    await connect(bluesky.manifest, {
      service: `http://${at}`,
      handle: sky.us.handle,
      firehose: `ws://${at}`,
      appPassword: sky.link.secrets['appPassword'] ?? '',
    })
    await connect(fediverse.manifest, fedi.link.config)
    const { items } = await client.call('GET', '/connections')
    expect(items.map((each: { state: string }) => each.state)).toEqual(['live', 'live', 'live'])
    expect(JSON.stringify(items)).not.toContain(mails.link.secrets['password'])
  }, 120_000)

  test('hears a customer on each; three cases appear by themselves', async () => {
    customers.set('email', customersOf(mails)('Anna Berg'))
    customers.set('bluesky', await sky.newCustomer('Bruno'))
    customers.set('fediverse', await fedi.newCustomer('Clara'))
    await page.goto(`${home}/desk?view=all`)
    for (const [channel, customer] of customers) {
      said.set(channel, await customer.say(`My lamp from ${channel} is broken, can you help?`))
    }
    for (const channel of customers.keys())
      await page.getByText(`My lamp from ${channel}`).first().waitFor(wait)
    expect((await client.call('GET', '/cases?view=all')).items).toHaveLength(3)
  }, 90_000)

  test('answers each from the desk, and each customer sees it in the right thread', async () => {
    for (const [channel, customer] of customers) {
      await answer(channel, `We send you a new one, dear ${channel} friend.`)
      await expect
        .poll(async () => (await customer.inbox()).at(-1), wait)
        .toMatchObject({
          text: expect.stringContaining('We send you a new one'),
          below: said.get(channel)?.externalId,
        })
    }
  }, 120_000)

  test('follows an edit and a deletion', async () => {
    const [edited, removed] = [said.get('fediverse'), said.get('bluesky')]
    if (edited === undefined || removed === undefined) throw new Error('nobody has written')
    await customers.get('fediverse')?.edit?.(edited, 'My lamp from fediverse flickers, that is all.')
    await customers.get('bluesky')?.remove?.(removed)
    await expect.poll(() => thread('fediverse'), wait).toContain('flickers, that is all')
    await expect.poll(() => thread('bluesky'), wait).not.toContain('My lamp from bluesky')
    await page.goto(`${home}/desk?view=all&case=${await caseOf('fediverse')}`)
    await page.getByText('flickers, that is all').first().waitFor(wait)
  }, 90_000)

  test('loses nothing while the network is away: what was said and answered meanwhile arrives once', async () => {
    const away = { kind: 'refuse' } as const
    mails.lineFault(away)
    skyLine.fault(away)
    fedi.fault(away)
    const lines = ['first', 'second', 'third'].map((word) => `The ${word} word during the cut`)
    for (const line of lines) {
      await customers.get('email')?.say(`${line} by mail`)
      await customers.get('bluesky')?.say(`${line} by post`)
    }
    await answer('fediverse', 'Written while the line was dead.')
    await new Promise((done) => setTimeout(done, cutMs))
    const before = (await customers.get('fediverse')?.inbox())?.length
    mails.lineFault(null)
    skyLine.fault(null)
    fedi.fault(null)
    for (const line of lines) {
      await expect.poll(() => heard(`${line} by mail`), { timeout: 90_000 }).toBe(1)
      await expect.poll(() => heard(`${line} by post`), { timeout: 90_000 }).toBe(1)
    }
    await expect
      .poll(async () => (await customers.get('fediverse')?.inbox())?.length, { timeout: 90_000 })
      .toBe((before ?? 0) + 1)
  }, 300_000)
})

/** Goes through the page of presences as a member does. */
async function connect(manifest: Manifest, values: Readonly<Record<string, string>>): Promise<void> {
  await page.goto(`${home}/presences`)
  await page.getByRole('button', { name: 'Connect an account' }).click()
  await page.getByRole('button', { name: manifest.title }).click()
  const panel = page.getByRole('region', { name: 'Connect an account' })
  for (const field of manifest.connect.fields) {
    const value = values[field.name] ?? field.initial
    const input = panel.getByLabel(field.label, { exact: true }).first()
    if (field.kind === 'choice') {
      await input.click()
      const title = field.choices?.find((choice) => choice.value === value)?.label ?? ''
      await page.getByRole('option', { name: title, exact: true }).click()
    } else if (field.kind === 'toggle') await input.setChecked(value === 'true')
    else await input.fill(value)
  }
  await panel.getByRole('button', { name: 'Check and connect' }).click()
  await page.getByRole('status').filter({ hasText: 'Live' }).waitFor(wait)
}

async function answer(channel: string, text: string): Promise<void> {
  await page.goto(`${home}/desk?view=all&case=${await caseOf(channel)}`)
  const writer = page.getByRole('textbox', { name: /^Reply to / })
  await writer.fill(text)
  await writer.press('Control+Enter')
  await page.getByText(text).first().waitFor(wait)
}

async function caseOf(channel: string): Promise<string> {
  const { items } = await client.call('GET', '/cases?view=all')
  const found = items.find((each: { channel: string }) => each.channel === channel)
  if (found === undefined) throw new Error(`there is no case on ${channel}`)
  return found.id
}

async function thread(channel: string): Promise<string> {
  return JSON.stringify(await client.call('GET', `/cases/${await caseOf(channel)}/thread`))
}

/** How many engagements bear these words. */
async function heard(words: string): Promise<number> {
  const { items } = await client.call('GET', '/cases?view=all&limit=100')
  const threads = await Promise.all(
    items.map((each: { id: string }) => client.call('GET', `/cases/${each.id}/thread`)),
  )
  const ids = new Set<string>()
  for (const { items: lines } of threads) {
    for (const line of lines)
      if (JSON.stringify(line).includes(words)) ids.add(line.engagement?.id ?? line.id)
  }
  return ids.size
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
