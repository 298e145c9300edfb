// Builds the web app when there is none or when its sources changed; before the server, by
// `npm start` (node --import), so that the server stays the process that was started.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { webStamp } from './web-stamp.ts'

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')
const built = join(root, 'dist', 'web', 'index.html')
const stampFile = join(root, 'dist', '.web-stamp')

/** Workers serve no pages; what a worker process inherits from its parent's start ends here. */
if (isMainThread && process.env['HORSESHOE_ROLE'] !== 'worker') ensureWeb()

function ensureWeb(): void {
  const stamp = webStamp(root)
  if (existsSync(built) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  console.log('Building the web app, as its sources are new …')
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const build = spawnSync(execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' })
  if (build.status !== 0) {
    console.error('The web app could not be built; what is above says why.')
    process.exit(1)
  }
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
}
