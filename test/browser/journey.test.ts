import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstStartLink } from '../../server/workspace/index.ts'
import { addColleague, signInOver } from '../http-client.ts'
import { startWholeServer, type WholeServer } from '../whole-server.ts'
import { openBrowser, watchTrouble } from './browser.ts'

const webFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))
const twcs = fileURLToPath(new URL('../../../shared/data/twcs/twcs_part.csv', import.meta.url))
const owner = { name: 'Mara Lindner', email: 'mara@company.example', password: 'heron walks over slate' }
const wait = { timeout: 20_000 }

let server: WholeServer
let browser: Browser
let inside: BrowserContext
let desk: Page
let trouble: readonly string[]
/** Address of the workspace: `/w/slug`. */
let home = ''

beforeAll(async () => {
  server = await startWholeServer({}, webFolder)
  browser = await openBrowser()
  inside = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  inside.setDefaultTimeout(wait.timeout)
  trouble = watchTrouble(inside, server.url)
  desk = await inside.newPage()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

describe('a newcomer', () => {
  test('makes the owner and the company by the one-time link, with a sample, and lands on Today', async () => {
    await desk.goto((await firstStartLink(server.platform)) ?? '')
    await desk.getByLabel('Your name').fill(owner.name)
    await desk.getByLabel('E-mail').fill(owner.email)
    await desk.getByLabel('Password', { exact: true }).fill(owner.password)
    await desk.getByRole('button', { name: 'Next' }).click()
    await desk.getByLabel('Name of the company').fill('Alder & Finch')
    await desk.getByRole('button', { name: 'Next' }).click()
    await desk.getByRole('radio', { name: 'Try it with sample conversations' }).check()
    await desk.getByRole('button', { name: 'Open the desk' }).click()
    await desk.waitForURL(/\/w\/[^/]+\/today/, { timeout: 60_000 })
    home = new URL(desk.url()).pathname.replace('/today', '')
    await desk.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
  }, 90_000)

  test('sees a message from outside by itself, answers it, and the person outside reads the answer', async () => {
    await desk.goto(`${server.url}${home}/desk?sort=newest`)
    await desk.getByRole('option').first().waitFor(wait)
    const outside = await browser.newContext({ locale: 'en-GB' })
    const trouble = watchTrouble(outside, server.url)
    const visitor = await outside.newPage()
    await visitor.goto(`${server.url}${home.replace('/w/', '/contact/')}`)
    await visitor.getByLabel('Your name').fill('Leonie Brandt')
    await visitor
      .getByLabel('Your message')
      .fill('My lamp arrived with a broken shade. Could you send a new one?')
    await visitor.getByRole('button', { name: 'Send' }).click()
    await visitor.getByText('Your message has arrived.').waitFor(wait)

    await desk.getByRole('option').filter({ hasText: 'Leonie Brandt' }).click(wait)
    await desk.waitForURL(/case=/)
    await desk
      .getByRole('heading', { name: /Leonie Brandt/ })
      .first()
      .waitFor()
    await desk.keyboard.press('r')
    const answer = 'Hello Leonie, a new shade leaves our workshop tomorrow.'
    const composer = desk.getByLabel('Reply to Leonie Brandt')
    await composer.fill(answer)
    await composer.press('Control+Enter')
    await desk.locator('[data-item]').filter({ hasText: answer }).waitFor(wait)

    await visitor.getByText(answer).waitFor(wait)
    expect(trouble).toEqual([])
    await outside.close()
  }, 90_000)

  test('works with keys alone, and goes back to where they were', async () => {
    await desk.goto(`${server.url}${home}/desk`)
    await desk.getByRole('option').nth(2).waitFor(wait)
    await desk.keyboard.press('j')
    await desk.keyboard.press('j')
    await desk.keyboard.press('k')
    await desk.keyboard.press('Enter')
    await desk.waitForURL(/case=/)
    const first = desk.url()
    await expectOpenPosition(1)
    await desk.keyboard.press('j')
    await desk.waitForURL((url) => url.href !== first)
    await expectOpenPosition(2)

    await desk.keyboard.press('?')
    const keys = desk.getByRole('dialog', { name: 'Keys of this page' })
    await keys.getByText('Hand over').first().waitFor()
    await desk.keyboard.press('Escape')
    await keys.waitFor({ state: 'hidden' })

    await desk.keyboard.press('Control+k')
    const find = desk.getByPlaceholder('Find people, cases, pages and actions')
    await find.fill('Leonie Brandt')
    await desk.getByRole('dialog').getByText('Leonie Brandt').first().waitFor(wait)
    await desk.locator('[data-selected]').getByText('Leonie Brandt').waitFor(wait)
    await find.fill('People')
    await desk.keyboard.press('Enter')
    await desk.waitForURL(/\/people/)
    await desk.goBack()
    await desk.waitForURL(/\/desk\?.*case=/)
    await expectOpenPosition(2)
  }, 60_000)

  test('names a colleague in a note, who is told; resolving leads on to the next case', async () => {
    const mara = await signInOver(server.url, owner, home.replace('/w/', ''))
    const amina = { name: 'Amina Rahal', email: 'amina@company.example', password: owner.password }
    const colleague = await addColleague(server.url, mara, home.replace('/w/', ''), {
      ...amina,
      role: 'agent',
      functions: ['service'],
    })
    await desk.goto(`${server.url}${home}/desk`)
    await desk.getByRole('option').first().click()
    await desk.waitForURL(/case=/)
    await desk.locator('[data-item]').first().waitFor(wait)
    await desk.keyboard.press('n')
    await desk.locator('#composer-text').pressSequentially('Please look, @Ami')
    await desk.getByRole('listbox', { name: 'Colleagues to name' }).waitFor(wait)
    await desk.keyboard.press('Enter')
    await desk.waitForFunction(() => {
      const box = document.querySelector<HTMLTextAreaElement>('#composer-text')
      return box?.value.includes('@Amina Rahal') === true
    })
    await desk.keyboard.type('today.')
    await desk.keyboard.press('Control+Enter')
    await desk
      .locator('[data-item], li, div')
      .filter({ hasText: /Please look, @Amina Rahal\s*today\./ })
      .last()
      .waitFor(wait)
    const kinds = async () => {
      const told = await colleague.call('GET', '/notifications')
      return told.items.map((item: { kind: string }) => item.kind)
    }
    await expect.poll(kinds, { timeout: 20_000 }).toContain('mention')

    const open = new URL(desk.url()).searchParams.get('case')
    await desk.keyboard.press('Escape')
    await desk.keyboard.press('e')
    await desk.waitForURL((url) => ![null, open].includes(url.searchParams.get('case')), wait)
    await expect
      .poll(async () => (await mara.call('GET', `/cases/${open}`)).status, { timeout: 20_000 })
      .toBe('resolved')
  }, 60_000)

  test('loses no letter where the session ends in the midst of an answer, and signs in to where they were', async () => {
    const context = await browser.newContext({ locale: 'en-GB' })
    context.setDefaultTimeout(wait.timeout)
    const page = await context.newPage()
    const signIn = async () => {
      await page.getByLabel('E-mail').fill(owner.email)
      await page.getByLabel('Password', { exact: true }).fill(owner.password)
      await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    }
    await page.goto(`${server.url}${home}/desk?view=all`)
    await signIn()
    await page.getByRole('option').first().click()
    const composer = page.locator('#composer-text')
    await composer.pressSequentially('The first half is told to the server')
    const open = page.url()
    await context.clearCookies()
    await composer.pressSequentially(', the second is not')
    const notice = page.getByText('Your session ended. What you wrote is kept in this browser.')
    await notice.waitFor()
    await composer.pressSequentially(', and this neither.')
    await page.getByRole('link', { name: 'Sign in again' }).click()
    await signIn()
    await page.waitForURL(open)
    const whole = 'The first half is told to the server, the second is not, and this neither.'
    await expect.poll(() => composer.inputValue(), { timeout: 20_000 }).toBe(whole)
    await context.close()
  }, 60_000)

  test.skipIf(!existsSync(twcs))(
    'imports twcs_part.csv and reads the true figures in Measure',
    async () => {
      const mara = await signInOver(server.url, owner, home.replace('/w/', ''))
      const { slug } = await mara.call('POST', '/workspaces', { name: 'History', timeZone: 'UTC' })
      await desk.goto(`${server.url}/w/${slug}/import`)
      await desk.getByTestId('import-file').setInputFiles(twcs)
      await desk.getByRole('button', { name: 'Import', exact: true }).click()
      await desk.getByText('Done', { exact: true }).waitFor({ timeout: 90_000 })
      await desk.getByText('2,366').first().waitFor()

      await desk.goto(`${server.url}/w/${slug}/measure/response`)
      await desk.getByText('84.7').first().waitFor(wait)
      await desk.getByText('1,227').first().waitFor(wait)
      await desk.goto(`${server.url}/w/${slug}/desk?view=all`)
      await desk.getByRole('option').first().waitFor(wait)
      const history = await signInOver(server.url, owner, slug)
      const { total } = await history.call('GET', '/cases?view=all&limit=1')
      expect(total).toBeGreaterThanOrEqual(632)
    },
    150_000,
  )

  test('meets no error of a script, no broken content policy and no foreign host on the way', () => {
    expect(trouble).toEqual([])
  })
})

async function expectOpenPosition(position: number): Promise<void> {
  await desk.locator(`[role="option"][aria-current][aria-posinset="${position}"]`).waitFor(wait)
}

if (!existsSync(twcs)) console.warn(`${twcs} is not there: the journey runs without its import.`)
