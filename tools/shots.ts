// `npm run shots`: a sample workspace with colleagues at work, and pictures of every page for docs/guide.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../server/config.ts'
import { openLog } from '../server/platform/log.ts'
import { startHorseshoe } from '../server/start.ts'
import { firstStartLink } from '../server/workspace/index.ts'
import { openBrowser } from '../test/browser/browser.ts'
import './ensure-web.ts'
import { openLivePresences } from '../test/browser/live-presences.ts'
import { takePictures } from './shots/pictures.ts'
import { bringToLife } from '../test/browser/sample-life.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'horseshoe-shots-'))
/** The pictures show a working day, whenever they are taken: a Thursday afternoon. */
const shownAt = Date.parse('2026-11-19T14:10:00Z')
const behindMs = Date.now() - shownAt
const clock = { now: () => Date.now() - behindMs }
const wanted = argv.slice(2)

const live = await openLivePresences(clock.now)
const read = readConfig({
  HORSESHOE_DATA: folder,
  PORT: process.env['PORT'] ?? '0',
  LOG_LEVEL: 'error',
  TRUSTED_HOSTS: live.trusted.join(','),
})
if (!read.ok) throw new Error(read.mistakes.join(' '))
const horseshoe = await startHorseshoe({
  config: read.config,
  log: openLog('error'),
  clock,
  webFolder: join(root, 'dist', 'web'),
})
const browser = await openBrowser()
try {
  const link = await firstStartLink(horseshoe.platform)
  if (link === null) throw new Error('A fresh installation offers no link to make its owner.')
  const to = join(root, 'docs', 'guide')
  await mkdir(to, { recursive: true })
  const pictures = { browser, url: horseshoe.url, to, now: clock.now, wanted }
  await takePictures(pictures, { stage: 'fresh', setupLink: link })
  const world = await bringToLife(horseshoe.url, link, live)
  await takePictures(pictures, { stage: 'alive', world })
} finally {
  await browser.close()
  await horseshoe.stop()
  await live.close()
  await rm(folder, { recursive: true, force: true })
}
