import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstStartLink } from '../../server/workspace/index.ts'
import { makeOwner, openClient, type HttpClient } from '../http-client.ts'
import { startWholeServer, type WholeServer } from '../whole-server.ts'
import { enterAs, openBrowser, settled, watchTrouble } from './browser.ts'

const webFolder = fileURLToPath(new URL('../../dist/web', import.meta.url))
const owner = { name: 'Mara Lindner', email: 'mara@company.example', password: 'heron walks over slate' }

/** Every way in which a text can try to become more than a text. */
const hostile = [
  '<script>window.hostile = 1</script>',
  '<img src="http://evil.example/x.png" onerror="window.hostile = 2">',
  '<svg onload="window.hostile = 3"><iframe srcdoc="<script>parent.hostile = 4</script>"></iframe>',
  'javascript:window.hostile=5 [click](javascript:window.hostile=6) data:text/html,<script>window.hostile=7</script>',
  '"><style>@import "http://evil.example/x.css"</style> ${window.hostile = 8} {{constructor.constructor("window.hostile = 9")()}}',
  '\u202Egnp.exe\u202C zero\u200Bwidth\u200D\u2066 isolate\uFEFF',
].join('\n')
const hostileName = '\u202E<b onmouseover="window.hostile = 10">Eve</b><script>window.hostile = 11</script>'

let server: WholeServer
let browser: Browser
let context: BrowserContext
let page: Page
let client: HttpClient
let slug = ''
let trouble: readonly string[]

beforeAll(async () => {
  server = await startWholeServer({}, webFolder)
  browser = await openBrowser()
  const link = (await firstStartLink(server.platform)) ?? ''
  ;({ slug, client } = await makeOwner(server.url, link, owner, { name: 'Acme', withSample: false }))
  context = await browser.newContext()
  trouble = watchTrouble(context, server.url)
  await enterAs(context, client, server.url)
  page = await context.newPage()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

describe('hostile words of a customer stay words', () => {
  test('in the desk, for the person, in the search and outside', async () => {
    const { results } = await client.call('POST', '/engagements', { engagements: [engagement()] })
    expect(results[0].result).toBe('accepted')
    const { token } = await openClient(server.url).call('POST', `/public/${slug}/conversations`, {
      name: hostileName,
      text: hostile,
      key: crypto.randomUUID(),
    })
    const cases = await casesOnceThere(2)

    for (const each of cases) {
      await open(`/w/${slug}/desk?case=${each.id}&panel=path`)
      await page.locator('[data-item]').getByText('window.hostile = 1<').first().waitFor()
      await open(`/w/${slug}/people/${each.person.id}`)
      await page.getByText('window.hostile = 1<').first().waitFor()
    }
    await open(`/w/${slug}/people`)
    await open(`/w/${slug}/desk`)
    await page.keyboard.press('Control+k')
    await page.getByPlaceholder('Find people, cases, pages and actions').fill('isolate')
    await page.getByRole('dialog').getByText('window.hostile').first().waitFor()
    await expectUntouched()
    await open(`/c/${token}`)
    await page.getByText('window.hostile = 1<').first().waitFor()
    await expectUntouched()
    expect(trouble).toEqual([])
  }, 120_000)
})

async function open(path: string): Promise<void> {
  await page.goto(server.url + path)
  await settled(page)
  await expectUntouched()
}

/** No script ran, no element of theirs stands in the page, and no link leads to a script. */
async function expectUntouched(): Promise<void> {
  expect(await page.evaluate('window.hostile')).toBeUndefined()
  const theirs =
    'img[src*="evil"], iframe, svg[onload], b[onmouseover], a[href^="javascript:" i], a[href^="data:" i]'
  expect(await page.locator(theirs).count()).toBe(0)
}

interface CaseSeen {
  readonly id: string
  readonly person: { readonly id: string }
}

async function casesOnceThere(count: number): Promise<readonly CaseSeen[]> {
  await expect
    .poll(async () => (await client.call('GET', '/cases?view=all')).items.length, { timeout: 30_000 })
    .toBe(count)
  return (await client.call('GET', '/cases?view=all')).items
}

function engagement() {
  return {
    type: 'Create',
    kind: 'Message',
    source: 'email',
    channel: 'email',
    externalId: '<script>window.hostile = 12</script>',
    direction: 'in',
    author: {
      externalId: 'eve@evil.example',
      handle: '"><script>window.hostile = 13</script>',
      name: hostileName,
    },
    presence: 'help@acme.example',
    visibility: 'direct',
    subject: '<script>window.hostile = 14</script> \u202Ereversed',
    text: hostile,
    publishedAt: new Date().toISOString(),
    media: [
      {
        url: 'https://evil.example/x.png',
        mediaType: 'image/png',
        alt: '<script>window.hostile = 15</script>',
      },
    ],
  }
}
