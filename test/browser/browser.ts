import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { ensureChromium, howToGetChromium } from '../../tools/ensure-chromium.ts'
import type { HttpClient } from '../http-client.ts'

const switches = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A headless Chromium, the one browser of a test file. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = ensureChromium()
  if (executablePath === undefined) throw new Error(howToGetChromium)
  return chromium.launch({ executablePath, args: switches })
}

/** What went wrong in the pages of a context: uncaught errors, broken rules of the content policy, foreign hosts. */
export function watchTrouble(context: BrowserContext, url: string): readonly string[] {
  const trouble: string[] = []
  const own = new URL(url).host
  context.on('weberror', (error) => trouble.push(error.error().message))
  context.on('console', (line) => {
    if (/content security policy/i.test(line.text())) trouble.push(line.text())
  })
  context.on('request', (request) => {
    const asked = new URL(request.url())
    if (/^(https?|wss?):$/.test(asked.protocol) && asked.host !== own) trouble.push(`asked ${request.url()}`)
  })
  return trouble
}

/** Gives a context the session that a client has. */
export async function enterAs(context: BrowserContext, client: HttpClient, url: string): Promise<void> {
  const at = { url, httpOnly: true, sameSite: 'Lax' } as const
  await context.addCookies(
    client.cookies.map(({ name, value }) => ({ name, value: encodeURIComponent(value), ...at })),
  )
}

/** Waits until a page has loaded what it shows and holds still. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.evaluate(
    () => new Promise((done) => requestIdleCallback(() => requestAnimationFrame(done), { timeout: 1_000 })),
  )
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
}
