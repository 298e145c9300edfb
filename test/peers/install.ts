// Installs what the tests' peers need, once: Debian packages (as root on Debian) and the npm packages of each peer
// from its own lockfile. One line for each; what cannot be installed fails in CI and is skipped elsewhere.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { argv, env, getuid, platform } from 'node:process'
import { fileURLToPath } from 'node:url'

const peers = fileURLToPath(new URL('.', import.meta.url))

interface Step {
  readonly what: string
  /** Null where it is there; else why it is not. */
  readonly problem: string | null
}

/** What is not there of these Debian packages, as a sentence; null where all are there. */
export function missingDebian(names: readonly string[]): string | null {
  const missing = names.filter((name) => !isInstalled(name))
  return missing.length === 0 ? null : orFail(`needs the Debian packages ${missing.join(', ')}`)
}

/** Why the npm packages of a peer are not there; null where they are. */
export function missingPackages(peer: string): string | null {
  const reason = lackingPackages(peer)
  return reason === null ? null : orFail(reason)
}

/** In CI everything was installed before: what is not there is a failure, and no test to skip. */
export function orFail(reason: string): string {
  if (env['CI'] === 'true') throw new Error(`This cannot be run here: ${reason}.`)
  return reason
}

function lackingPackages(peer: string): string | null {
  const folder = join(peers, peer)
  const lock = join(folder, 'package-lock.json')
  const mark = join(folder, 'node_modules', '.package-lock.json')
  if (existsSync(mark) && statSync(mark).mtimeMs >= statSync(lock).mtimeMs) return null
  return `needs npm ci in test/peers/${peer}`
}

function isInstalled(name: string): boolean {
  const asked = spawnSync('dpkg-query', ['-W', '-f=${Status}', name], { encoding: 'utf8' })
  return asked.status === 0 && asked.stdout.startsWith('install ok')
}

function debianPackages(): readonly string[] {
  const list = join(peers, 'debian-packages.txt')
  if (!existsSync(list)) return []
  const lines = readFileSync(list, 'utf8').split('\n')
  return lines.map((line) => line.replace(/#.*/, '').trim()).filter((line) => line !== '')
}

function installDebian(): readonly Step[] {
  const names = debianPackages()
  const missing = names.filter((name) => !isInstalled(name))
  if (missing.length === 0)
    return names.length === 0 ? [] : [{ what: `Debian: ${names.join(', ')}`, problem: null }]
  const what = `Debian: ${missing.join(', ')}`
  if (!existsSync('/etc/debian_version')) return [{ what, problem: 'this is no Debian' }]
  if (getuid?.() !== 0) return [{ what, problem: 'only root may install them' }]
  const problem =
    run('apt-get', ['update', '-qq']) ??
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing])
  return [{ what, problem }]
}

function installPackages(): readonly Step[] {
  const folders = readdirSync(peers).filter((name) => existsSync(join(peers, name, 'package-lock.json')))
  return folders.map((name) => {
    const what = `npm: test/peers/${name}`
    if (lackingPackages(name) === null) return { what, problem: null }
    return { what, problem: run('npm', ['ci', '--no-progress'], join(peers, name)) }
  })
}

/** Null where it worked, else the end of what it said. No service is started by being installed. */
function run(command: string, args: readonly string[], cwd = peers): string | null {
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell: platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' },
  })
  if (result.status === 0) return null
  return `${command} failed: ${(result.stderr ?? String(result.error)).trim().slice(-400)}`
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const isCi = env['CI'] === 'true'
  const steps = [...(argv.includes('--packages-only') ? [] : installDebian()), ...installPackages()]
  for (const { what, problem } of steps) {
    console.log(problem === null ? `${what}: there` : `${what}: ${isCi ? 'FAILED' : 'left out'}, ${problem}`)
  }
  process.exit(isCi && steps.some(({ problem }) => problem !== null) ? 1 : 0)
}
