import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstStartLink } from '../../server/workspace/index.ts'
import { startWholeServer, type WholeServer } from '../whole-server.ts'
import { enterAs, openBrowser, settled } from './browser.ts'
import { everyPage, type ShownPage } from './every-page.ts'
import { bringToLife, type SampleWorld } from './sample-life.ts'

const webFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))
const axeFile = fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url))
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[]
}

let server: WholeServer
let browser: Browser
let world: SampleWorld
let axe = ''

beforeAll(async () => {
  axe = await readFile(axeFile, 'utf8')
  server = await startWholeServer({}, webFolder)
  browser = await openBrowser()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

describe('axe finds nothing', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`in the set-up of a fresh installation, ${colorScheme}`, async () => {
      const { pathname, hash } = new URL((await firstStartLink(server.platform)) ?? '')
      const setup = { name: 'setup', path: pathname + hash, as: 'outside' } as const
      expect(await checkAll([setup], colorScheme)).toEqual([])
    }, 60_000)
  }

  test('to be said about a workspace that is not there: one is made', async () => {
    world = await bringToLife(server.url, (await firstStartLink(server.platform)) ?? '')
    expect(everyPage(world).length).toBeGreaterThan(20)
  }, 120_000)

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const as of ['member', 'outside'] as const) {
      test(`on any page that a ${as === 'member' ? 'member' : 'person outside'} sees, ${colorScheme}`, async () => {
        const pages = everyPage(world).filter((page) => page.as === as)
        expect(await checkAll(pages, colorScheme)).toEqual([])
      }, 180_000)
    }
  }
})

async function checkAll(
  pages: readonly ShownPage[],
  colorScheme: 'light' | 'dark',
): Promise<readonly string[]> {
  // The content policy of the pages forbids scripts of others, those of this test too.
  const context = await browser.newContext({
    colorScheme,
    reducedMotion: 'reduce',
    bypassCSP: true,
    viewport: { width: 1440, height: 900 },
  })
  try {
    const found: string[] = []
    if (pages.some((page) => page.as === 'member')) await enterAs(context, world.owner, server.url)
    for (const shown of pages) found.push(...(await check(context, shown)))
    return found
  } finally {
    await context.close()
  }
}

async function check(context: BrowserContext, shown: ShownPage): Promise<readonly string[]> {
  const page = await context.newPage()
  try {
    await page.goto(server.url + shown.path)
    await settled(page)
    await page.addScriptTag({ content: axe })
    const violations: readonly Violation[] = await page.evaluate(
      `axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then((result) => result.violations)`,
    )
    return violations.map(
      ({ id, help, nodes }) =>
        `${shown.name}: ${id} (${help}) at ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 4)
          .join(' | ')}`,
    )
  } finally {
    await page.close()
  }
}
