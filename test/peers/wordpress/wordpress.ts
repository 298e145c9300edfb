// WordPress as Debian packages it, with a database of its own in a temporary folder and PHP's own web server before it.
// Without privileges: where the test is root, the database runs as the user that its package made.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFaultProxy, type FaultProxy } from '../fault-proxy.ts'

export interface WordPressUser {
  readonly id: number
  readonly user: string
  /** An application password. */
  readonly password: string
}

export interface WordPress {
  /** As visitors and the channel reach it: through the proxy. */
  readonly url: string
  /** The server itself, whatever fails on the way. */
  readonly directUrl: string
  readonly people: {
    readonly owner: WordPressUser
    readonly care: WordPressUser
    readonly helper: WordPressUser
  }
  /** An article that is open for comments. */
  readonly post: number
  readonly proxy: FaultProxy
  /** Runs PHP inside WordPress and gives what it prints. */
  run(php: string): string
  close(): Promise<void>
}

const debianHome = '/usr/share/wordpress'
const here = import.meta.dirname

export async function startWordPress(): Promise<WordPress> {
  const home = mkdtempSync(join(tmpdir(), 'horseshoe-wordpress-'))
  const processes: ChildProcess[] = []
  const port = await freePort()
  const proxy = await startFaultProxy(`http://127.0.0.1:${port}`)
  const close = async (): Promise<void> => {
    await proxy.close()
    await Promise.all(processes.map(end))
    rmSync(home, { recursive: true, force: true })
  }
  try {
    const socket = await startDatabase(home, processes)
    const www = linkFiles(home)
    const env = {
      PATH: process.env['PATH'] ?? '',
      PEER_WWW: www,
      PEER_SOCKET: socket,
      PEER_URL: proxy.url,
      PHP_CLI_SERVER_WORKERS: '4',
    }
    const run = (php: string): string => runPhp(www, env, ['-r', php])
    const made = JSON.parse(runPhp(www, env, ['-f', join(here, 'setup.php')])) as Pick<
      WordPress,
      'people' | 'post'
    >
    const options = [...prepended(), '-d', 'opcache.enable_cli=1', '-S', `127.0.0.1:${port}`, '-t', www]
    const server = spawn('php', options, { cwd: www, env, stdio: 'ignore', detached: true })
    processes.push(server)
    await answering(port)
    const load = "$_SERVER['HTTP_HOST'] = 'peer'; require ABSPATH . 'wp-load.php'; "
    const directUrl = `http://127.0.0.1:${port}`
    return { url: proxy.url, directUrl, ...made, proxy, run: (php) => run(load + php), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function startDatabase(home: string, processes: ChildProcess[]): Promise<string> {
  const folder = join(home, 'database')
  const socket = join(folder, 'socket')
  mkdirSync(folder)
  const isRoot = process.getuid?.() === 0
  const user = isRoot ? ['--user=mysql'] : []
  if (isRoot) {
    must('chmod', ['755', home])
    must('chown', ['mysql', folder])
  }
  const common = ['--no-defaults', ...user, `--datadir=${join(folder, 'data')}`]
  const small = [
    '--innodb-buffer-pool-size=32M',
    '--innodb-log-file-size=8M',
    '--innodb-flush-log-at-trx-commit=0',
  ]
  must('mariadb-install-db', [
    ...common,
    ...small,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ])
  const server = spawn(
    'mariadbd',
    [...common, ...small, '--skip-networking', `--socket=${socket}`, `--pid-file=${join(folder, 'pid')}`],
    { stdio: 'ignore', env: { PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` } },
  )
  processes.push(server)
  for (let tries = 0; ; tries += 1) {
    const made = client(['--no-defaults', `--socket=${socket}`, '-uroot', '-e', 'create database wordpress'])
    if (made.status === 0) return socket
    if (tries > 150) throw new Error(`the database did not start: ${made.stderr}`)
    await sleep(100)
  }
}

function client(args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync('mariadb', args, { encoding: 'utf8' })
}

/** Debian's files by links; the configuration, and what WordPress may write, are the test's own. */
function linkFiles(home: string): string {
  const www = join(home, 'www')
  mkdirSync(join(www, 'wp-content/mu-plugins'), { recursive: true })
  for (const name of readdirSync(debianHome)) {
    if (name === 'wp-config.php' || name === 'wp-content' || name.startsWith('.')) continue
    symlinkSync(join(debianHome, name), join(www, name))
  }
  cpSync(join(here, 'wp-config.php'), join(www, 'wp-config.php'))
  cpSync(join(here, 'mu-plugin.php'), join(www, 'wp-content/mu-plugins/peer.php'))
  cpSync(join(here, 'theme'), join(www, 'wp-content/themes/peer'), { recursive: true })
  return www
}

function prepended(): readonly string[] {
  return [
    '-d',
    `auto_prepend_file=${join(here, 'prepend.php')}`,
    '-d',
    'display_errors=0',
    '-d',
    'error_reporting=0',
  ]
}

function runPhp(cwd: string, env: Readonly<Record<string, string>>, args: readonly string[]): string {
  // `-r` runs before anything is prepended, so the constant is set in the code itself.
  const [how = '', what = ''] = args
  const code = how === '-r' ? `define('ABSPATH', getenv('PEER_WWW') . '/'); ${what}` : what
  const ran = spawnSync('php', [...prepended(), how, code], { cwd, env, encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`PHP failed: ${ran.stderr}${ran.stdout}`)
  return ran.stdout
}

function must(command: string, args: readonly string[]): void {
  const ran = spawnSync(command, args, { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`${command} failed: ${ran.error?.message ?? ran.stderr + ran.stdout}`)
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/?rest_route=/`).catch(() => null)
    if (answer?.ok === true) return
    await sleep(100)
  }
  throw new Error('WordPress does not answer')
}

/** The whole group where it is one: PHP's server has workers of its own. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const gone = new Promise((done) => child.once('exit', done))
  try {
    process.kill(child.spawnfile === 'php' ? -child.pid : child.pid, 'SIGTERM')
  } catch {
    child.kill('SIGKILL')
  }
  await Promise.race([gone, sleep(5_000)])
  child.kill('SIGKILL')
}
