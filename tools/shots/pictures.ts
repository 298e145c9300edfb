import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { enterAs, settled } from '../../test/browser/browser.ts'
import { everyPage, type ShownPage } from '../../test/browser/every-page.ts'
import type { SampleWorld } from '../../test/browser/sample-life.ts'

export interface Studio {
  readonly browser: Browser
  readonly url: string
  /** Folder of the pictures. */
  readonly to: string
  readonly now: () => number
  /** Only pictures whose name begins with one of these; none given: all. */
  readonly wanted: readonly string[]
}

export type Scene =
  | { readonly stage: 'fresh'; readonly setupLink: string }
  | { readonly stage: 'alive'; readonly world: SampleWorld }

const wide = { width: 1440, height: 900 }
const looks = [
  { name: 'light', colorScheme: 'light', viewport: wide },
  { name: 'dark', colorScheme: 'dark', viewport: wide },
  {
    name: 'phone',
    colorScheme: 'light',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  },
] as const

/** Takes every page in light, in dark and on a phone. */
export async function takePictures(studio: Studio, scene: Scene): Promise<void> {
  const pages = pagesOf(studio, scene)
  for (const { name, ...options } of looks) {
    for (const as of ['member', 'outside'] as const) {
      const shown = pages.filter((page) => page.as === as)
      if (shown.length === 0) continue
      const context = await studio.browser.newContext({
        ...options,
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'Europe/Berlin',
      })
      await context.clock.install({ time: studio.now() })
      if (scene.stage === 'alive' && as === 'member') await enterAs(context, scene.world.owner, studio.url)
      for (const page of shown) await takePicture(studio, context, page, name)
      await context.close()
    }
  }
}

function pagesOf(studio: Studio, scene: Scene): readonly ShownPage[] {
  if (scene.stage === 'alive') return everyPage(scene.world).filter((page) => isWanted(studio, page.name))
  const { pathname, hash } = new URL(scene.setupLink)
  return isWanted(studio, 'setup') ? [{ name: 'setup', path: pathname + hash, as: 'outside' }] : []
}

function isWanted({ wanted }: Studio, name: string): boolean {
  return wanted.length === 0 || wanted.some((begin) => name.startsWith(begin))
}

async function takePicture(
  studio: Studio,
  context: BrowserContext,
  shown: ShownPage,
  look: string,
): Promise<void> {
  const page = await context.newPage()
  try {
    await page.goto(studio.url + shown.path)
    await settled(page)
    await page.screenshot({ path: join(studio.to, `${shown.name}-${look}.png`), animations: 'disabled' })
    console.log(`${shown.name}-${look}.png`)
  } catch (error) {
    console.error(`${shown.name}-${look}.png could not be taken: ${String(error)}`)
    process.exitCode = 1
  } finally {
    await page.close()
  }
}
