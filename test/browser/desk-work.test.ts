// A day at the desk: what is new, what is taken back, who takes what, and what burns.
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstStartLink } from '../../server/workspace/index.ts'
import { addColleague, makeOwner, openClient, type HttpClient } from '../http-client.ts'
import { startWholeServer, type WholeServer } from '../whole-server.ts'
import { enterAs, openBrowser, watchTrouble } from './browser.ts'

const webFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))
const wait = { timeout: 20_000 }
const password = 'heron walks over slate'
let server: WholeServer
let browser: Browser
let owner: HttpClient
let ana: HttpClient
let slug: string
let context: BrowserContext
let page: Page
let trouble: readonly string[]

beforeAll(async () => {
  server = await startWholeServer({}, webFolder)
  const link = (await firstStartLink(server.platform)) ?? ''
  const mara = { name: 'Mara Lindner', email: 'mara@company.example', password }
  ;({ client: owner, slug } = await makeOwner(server.url, link, mara, { name: 'Acme', withSample: false }))
  const colleague = { name: 'Ana Bell', email: 'ana@company.example', password }
  ana = await addColleague(server.url, owner, slug, { ...colleague, role: 'agent', functions: ['service'] })
  for (const name of ['Leonie', 'Jonas', 'Petra']) await write(name, 'Where is my order? It is a week late.')
  browser = await openBrowser()
  context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  trouble = watchTrouble(context, server.url)
  await enterAs(context, owner, server.url)
  page = await context.newPage()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function write(name: string, text: string): Promise<void> {
  await openClient(server.url).call('POST', `/public/${slug}/conversations`, {
    name,
    text,
    key: crypto.randomUUID(),
  })
}
const option = (name: string) => page.getByRole('option').filter({ hasText: name })
const isUnread = async (client: HttpClient, name: string): Promise<boolean> => {
  const { items } = await client.call('GET', '/cases?view=all&limit=50')
  return items.find((item: { person: { name: string } }) => item.person.name === name).isUnread
}

test('what arrived is new until it was looked at, on every device, for each member alone', async () => {
  await expect.poll(async () => (await owner.call('GET', '/cases?view=all')).total, wait).toBe(3)
  await page.goto(`${server.url}/w/${slug}/desk?sort=newest`)
  await option('Leonie')
    .getByText('Unread')
    .waitFor({ ...wait, state: 'attached' })
  await option('Leonie').click()
  await expect.poll(() => isUnread(owner, 'Leonie'), wait).toBe(false)
  expect(await isUnread(ana, 'Leonie')).toBe(true)
  await page.reload()
  await option('Leonie').waitFor(wait)
  expect(await option('Leonie').getByText('Unread').count()).toBe(0)
  await page.locator('#case-list').focus()
  await page.keyboard.press('u')
  await expect.poll(() => isUnread(owner, 'Leonie'), wait).toBe(true)
  await option('Leonie')
    .getByText('Unread')
    .waitFor({ ...wait, state: 'attached' })
})

test('many are resolved at once, and Ctrl-Z brings all of them back but the one that changed', async () => {
  await page.goto(`${server.url}/w/${slug}/desk?sort=newest`)
  await option('Petra').waitFor(wait)
  await page.locator('#case-list').focus()
  await page.keyboard.press('Control+a')
  await page.getByText('3 picked').waitFor(wait)
  await page.keyboard.press('e')
  await page.getByRole('option', { name: 'Resolved' }).click()
  await page.getByText('3 cases changed').waitFor(wait)
  const { items } = await owner.call('GET', '/cases?view=resolved')
  const jonas = items.find((item: { person: { name: string } }) => item.person.name === 'Jonas')
  await ana.call('POST', `/cases/${jonas.id}/status`, { status: 'open' })
  await page.keyboard.press('Control+z')
  await page.getByText('2 cases are as before').waitFor(wait)
  await page.getByText('Ana Bell changed it meanwhile.').waitFor(wait)
  const { views } = await owner.call('GET', '/cases/counts')
  expect(views).toMatchObject({ resolved: 0, open: 3 })
})

test('tags in use are offered while one types', async () => {
  const { items } = await owner.call('GET', '/cases?view=all')
  await owner.call('PUT', `/cases/${items[0].id}/tags`, { tags: ['delivery'] })
  await page.goto(`${server.url}/w/${slug}/desk?case=${items[1].id}`)
  await page.getByRole('heading', { level: 2, name: items[1].person.name }).waitFor(wait)
  await page.keyboard.press('t')
  const field = page.getByLabel('Tags', { exact: true }).and(page.locator('input'))
  await field.last().fill('deli')
  await page.getByRole('option', { name: 'delivery', exact: true }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(async () => (await owner.call('GET', '/tags')).items, wait)
    .toEqual([{ tag: 'delivery', cases: 2 }])
})

test('a function gives its cases to whoever is on duty, and the case says why', async () => {
  const week = Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [[0, 1440]]]))
  await owner.call('PATCH', '/workspace', { hours: { weekly: week, holidays: [] } })
  await page.goto(`${server.url}/w/${slug}/settings?tab=functions`)
  for (const title of ['Service', 'Community', 'Marketing', 'Sales', 'PR', 'Product']) {
    await page.getByRole('switch', { name: title, exact: true }).setChecked(true, { force: true })
  }
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor(wait)
  const { items: members } = await owner.call('GET', '/members')
  const { id } = members.find((one: { name: string }) => one.name === 'Ana Bell')
  const functions = ['service', 'community', 'marketing', 'sales', 'pr', 'product']
  await owner.call('PATCH', `/members/${id}`, { functions })
  await write('Nora', 'My lamp is broken and nobody answers. Can you help me please?')
  const found = async () => (await owner.call('GET', '/cases?view=all&sort=newest')).items
  await expect.poll(async () => (await found())[0].assignee?.name, wait).toBe('Ana Bell')
  await page.goto(`${server.url}/w/${slug}/desk?case=${(await found())[0].id}`)
  await page.getByText('the only one on duty who can take it').first().waitFor(wait)
})

test('Today says what burns, and leads to exactly those cases', async () => {
  const database = server.platform.database.ownerPool
  await database.query(`update cases set due_at = now() - interval '1 minute' where number = 1`)
  await page.goto(`${server.url}/w/${slug}/today`)
  await page.getByRole('link', { name: /1.*case is beyond its target/ }).click()
  await page.getByRole('button', { name: /Remove filter Late only/ }).waitFor(wait)
  await expect.poll(() => page.getByRole('option').count(), wait).toBe(1)
})

test('the trail names who signed in, from where', async () => {
  await page.goto(`${server.url}/w/${slug}/settings?tab=audit`)
  await page.getByText('Sign in done').first().waitFor(wait)
  await page.getByText('Case undone').first().waitFor(wait)
  expect(trouble).toEqual([])
})
