// Dovecot as a process of its own in a folder of its own. As root it runs as nobody; else as whoever starts it.
import { spawn, execFileSync, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, connect, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLmtp, type Envelope } from './deliver.ts'
import { dovecotConf, tokensConf } from './dovecot-conf.ts'

export interface Dovecot {
  readonly host: '127.0.0.1'
  readonly imapPort: number
  readonly imapsPort: number
  readonly lmtpPort: number
  /** Its certificate, made for `localhost` and 127.0.0.1 and signed by itself, and the key to it. */
  readonly cert: string
  readonly key: string
  /** Adds a mailbox, or gives it another password; Dovecot looks once a second. */
  setUser(address: string, password: string): void
  /** Hands a mail over by LMTP, as a mail server does. */
  deliver(envelope: Envelope): Promise<void>
  /** What it wrote down, for the reader of a failed test. */
  log(): string
  close(): Promise<void>
}

export interface DovecotOptions {
  readonly introspectionUrl?: string
}

interface Owner {
  readonly user: string
  readonly group: string
  /** Null where this process is that user already. */
  readonly ids: { readonly uid: number; readonly gid: number } | null
}

const startMs = 15_000
const mostTries = 3

/** Tries other ports where somebody took one of ours before Dovecot did. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  for (let tries = 1; tries < mostTries; tries += 1) {
    try {
      return await startOnce(options)
    } catch {
      continue
    }
  }
  return startOnce(options)
}

async function startOnce(options: DovecotOptions): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'horseshoe-dovecot-'))
  const owner = findOwner()
  const [imapPort = 0, imapsPort = 0, lmtpPort = 0] = await freePorts(3)
  const introspectionUrl = options.introspectionUrl ?? null
  makeCertificate(folder)
  const { user, group } = owner
  const places = { folder, user, group, imapPort, imapsPort, lmtpPort, introspectionUrl }
  writeFileSync(join(folder, 'dovecot.conf'), dovecotConf(places))
  if (introspectionUrl !== null) writeFileSync(join(folder, 'tokens.conf'), tokensConf(introspectionUrl))
  writeFileSync(join(folder, 'users'), '')
  for (const name of ['run', 'homes']) mkdirSync(join(folder, name))
  giveTo(folder, owner)
  const child = spawn('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], {
    stdio: 'ignore',
    ...owner.ids,
  })
  const passwords = new Map<string, string>()
  const lmtp = openLmtp({ host: '127.0.0.1', port: lmtpPort })
  const dovecot: Dovecot = {
    host: '127.0.0.1',
    imapPort,
    imapsPort,
    lmtpPort,
    cert: readFileSync(join(folder, 'cert.pem'), 'utf8'),
    key: readFileSync(join(folder, 'key.pem'), 'utf8'),
    setUser(address, password) {
      passwords.set(address.toLowerCase(), password)
      writeUsers(folder, passwords)
    },
    deliver: (envelope) => lmtp.deliver(envelope),
    log: () => readLog(folder),
    close() {
      lmtp.close()
      return stop(child, folder)
    },
  }
  try {
    await answers(child, folder, { port: imapPort, greeting: '* OK' })
    await answers(child, folder, { port: lmtpPort, greeting: '220 ' })
  } catch (error) {
    await dovecot.close()
    throw error
  }
  return dovecot
}

function findOwner(): Owner {
  const { uid, gid, username } = userInfo()
  if (uid !== 0) {
    const group = execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim()
    return { user: username, group: group === '' ? String(gid) : group, ids: null }
  }
  const number = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  const group = execFileSync('id', ['-gn', 'nobody'], { encoding: 'utf8' }).trim()
  return { user: 'nobody', group, ids: { uid: number('-u'), gid: number('-g') } }
}

function giveTo(folder: string, { ids }: Owner): void {
  chmodSync(folder, 0o755)
  if (ids === null) return
  for (const name of ['', 'run', 'homes', 'users', 'cert.pem', 'key.pem', 'dovecot.conf']) {
    chownSync(join(folder, name), ids.uid, ids.gid)
  }
}

/** Dovecot reads the file anew when its time or size changed; a second line tells two writes of one second apart. */
function writeUsers(folder: string, passwords: ReadonlyMap<string, string>): void {
  const lines = [...passwords].map(([address, password]) => `${address}:{PLAIN}${password}::::::`)
  writeFileSync(
    join(folder, 'users'),
    `${lines.join('\n')}\n# ${Date.now()}${'.'.repeat(Math.random() * 64)}\n`,
  )
}

function makeCertificate(folder: string): void {
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1'
  const made = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem'), '-days', '30']
  const how = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync('openssl', [...how, ...made, '-subj', '/CN=localhost', '-addext', names], { stdio: 'pipe' })
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer())
  const ports: number[] = []
  for (const server of servers) {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    ports.push((server.address() as AddressInfo).port)
  }
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
  return ports
}

interface Door {
  readonly port: number
  /** How its first line begins. */
  readonly greeting: string
}

async function answers(child: ChildProcess, folder: string, door: Door): Promise<void> {
  const end = Date.now() + startMs
  while (Date.now() < end) {
    if (child.exitCode !== null) break
    if (await greets(door)) return
    await pause(20)
  }
  throw new Error(`Dovecot did not start:\n${readLog(folder)}`)
}

function greets({ port, greeting }: Door): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (is: boolean): void => {
      socket.destroy()
      resolve(is)
    }
    socket.once('error', () => end(false))
    socket.once('data', (line) => end(String(line).startsWith(greeting)))
    socket.setTimeout(1_000, () => end(false))
  })
}

function readLog(folder: string): string {
  try {
    return readFileSync(join(folder, 'dovecot.log'), 'utf8')
  } catch {
    return ''
  }
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const gone = new Promise((done) => child.once('exit', done))
    child.kill('SIGTERM')
    await gone
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
