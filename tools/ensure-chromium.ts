import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { env, getuid, platform } from 'node:process'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const usualPlaces = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The path of a Chromium for the browser tests; installs Debian's own when it may; undefined when there is none. */
export function ensureChromium(): string | undefined {
  return findChromium() ?? (installChromium() ? findChromium() : undefined)
}

export const howToGetChromium =
  'The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH to a Chromium or Chrome.'

function findChromium(): string | undefined {
  if (env['CHROMIUM_PATH']) return existsSync(env['CHROMIUM_PATH']) ? env['CHROMIUM_PATH'] : undefined
  const onPath = (env['PATH'] ?? '').split(delimiter).flatMap((dir) => names.map((name) => join(dir, name)))
  return [...usualPlaces, ...onPath].find((path) => existsSync(path))
}

function installChromium(): boolean {
  const mayInstall = platform === 'linux' && getuid?.() === 0 && existsSync('/etc/debian_version')
  if (!mayInstall || env['CHROMIUM_PATH']) return false
  console.log('Installing Chromium from Debian, once …')
  return (
    run('apt-get', ['update', '-qq']) &&
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  )
}

function run(command: string, args: readonly string[]): boolean {
  const result = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (result.status !== 0) console.error(`${command} ${args.join(' ')} failed:\n${result.stderr}`)
  return result.status === 0
}
