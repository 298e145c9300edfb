// Kannel as Debian packages it: bearerbox, smsbox and its fake message centre. It binds every address of the machine,
// so it runs in a network namespace of its own, which only this machine reaches, by a pair of virtual wires.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFaultProxy, type FaultProxy } from '../fault-proxy.ts'
import { missingDebian, orFail } from '../install.ts'

/** What the centre got for a telephone, as it is sent: one part of a text. */
export interface CentreMessage {
  readonly from: string
  readonly to: string
  /** Header of the part, where it is one of several. */
  readonly udh: Buffer
  /** As UTF-8, or as UCS-2; the fake centre does not say which, but for plain text that is whole. */
  readonly data: Buffer
}

export interface Kannel {
  /** `sendsms` as the channel reaches it: through the proxy. */
  readonly url: string
  readonly proxy: FaultProxy
  readonly user: string
  readonly password: string
  /** Everything that the centre got, oldest first. */
  readonly centre: readonly CentreMessage[]
  /** A telephone writes. */
  write(from: string, to: string, text: string): void
  /** As the centre takes it: already in its own words. */
  writeRaw(line: string): void
  close(): Promise<void>
}

/** Why it cannot be started here; null where it can. */
export function missingKannel(): string | null {
  const packages = missingDebian(['kannel', 'kannel-extras', 'iproute2'])
  if (packages !== null) return packages
  return process.getuid?.() === 0 ? null : orFail('needs root, for a network namespace')
}

/** Where Kannel calls: a server of the test, on the end of the wire that the namespace reaches. */
export interface CallServer {
  readonly server: Server
  readonly port: number
}

const ipProgram = '/sbin/ip'
const user = 'horseshoe'
const password = 'send it'

export interface KannelOptions {
  /** Appended to the address of the test's own server; with Kannel's escape codes. */
  readonly postUrl: (origin: string) => string
  readonly onCall: (request: IncomingMessage) => Promise<number>
}

export async function startKannel({
  postUrl,
  onCall,
}: KannelOptions): Promise<Kannel & { readonly callOrigin: string }> {
  const home = mkdtempSync(join(tmpdir(), 'horseshoe-kannel-'))
  chmodSync(home, 0o755)
  const wire = openWire()
  const children: ChildProcess[] = []
  const calls = createServer((request, response) => {
    void onCall(request).then((status) => response.writeHead(status, { 'content-type': 'text/plain' }).end())
  })
  await new Promise<void>((done) => calls.listen(0, wire.here, done))
  const callOrigin = `http://${wire.here}:${(calls.address() as AddressInfo).port}`
  const config = join(home, 'kannel.conf')
  writeFileSync(config, configuration(wire, postUrl(callOrigin)))
  const run = (program: string): void => {
    children.push(
      spawn(ipProgram, ['netns', 'exec', wire.name, program, '-v', '4', config], {
        stdio: 'ignore',
        cwd: home,
      }),
    )
  }
  run('/usr/sbin/bearerbox')
  await listening(wire.there, 13_001)
  run('/usr/sbin/smsbox')
  await listening(wire.there, 13_013)
  const centre: CentreMessage[] = []
  const socket = await listening(wire.there, 10_000, true)
  createInterface({ input: socket }).on('line', (line) => centre.push(readLine(line)))
  const takesEffect = ({ url }: { readonly url: string }): boolean => url.startsWith('/cgi-bin/sendsms')
  const proxy = await startFaultProxy(`http://${wire.there}:13013`, { spoil: spoilPassword, takesEffect })
  return {
    url: `${proxy.url}/cgi-bin/sendsms`,
    proxy,
    user,
    password,
    centre,
    callOrigin,
    write: (from, to, text) => socket.write(writeLine(from, to, text)),
    writeRaw: (line) => socket.write(`${line}\n`),
    async close() {
      await proxy.close()
      socket.destroy()
      for (const child of children.toReversed()) await end(child)
      calls.closeAllConnections()
      await new Promise((done) => calls.close(done))
      closeWire(wire)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

interface Wire {
  readonly name: string
  readonly here: string
  readonly there: string
}

function openWire(): Wire {
  for (let tries = 0; tries < 20; tries += 1) {
    const number = Math.floor(Math.random() * 16_000)
    const net = `10.213.${number >> 6}.${(number & 63) << 2}`.replace(/\d+$/, '')
    const last = (number & 63) << 2
    const wire = { name: `hs${process.pid}x${number}`, here: `${net}${last + 1}`, there: `${net}${last + 2}` }
    if (spawnSync(ipProgram, ['netns', 'add', wire.name]).status !== 0) continue
    const [near, far] = [`hsh${number}`, `hsn${number}`]
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far)
    ip('link', 'set', far, 'netns', wire.name)
    ip('addr', 'add', `${wire.here}/30`, 'dev', near)
    ip('link', 'set', near, 'up')
    ip('-n', wire.name, 'addr', 'add', `${wire.there}/30`, 'dev', far)
    ip('-n', wire.name, 'link', 'set', far, 'up')
    ip('-n', wire.name, 'link', 'set', 'lo', 'up')
    return wire
  }
  throw new Error('no network namespace could be made')
}

/** With the namespace its end of the wire goes, and with that the other one. */
function closeWire({ name }: Wire): void {
  spawnSync(ipProgram, ['netns', 'del', name])
}

function ip(...args: readonly string[]): void {
  const ran = spawnSync(ipProgram, args, { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(`ip ${args.join(' ')}: ${ran.stderr}`)
}

function configuration({ here, there }: Wire, postUrl: string): string {
  return `group = core
admin-port = 13000
admin-password = admin
smsbox-port = 13001
box-allow-ip = "127.0.0.1;${there}"
dlr-storage = internal
sms-resend-freq = 2

group = smsc
smsc = fake
smsc-id = fake
port = 10000
connect-allow-ip = "${here}"

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = 13013
http-request-retry = 100
http-queue-delay = 1

group = sendsms-user
username = "${user}"
password = "${password}"
concatenation = true
max-messages = 10

group = sms-service
keyword = default
post-url = "${postUrl}"
max-messages = 0
accept-x-kannel-headers = false
`
}

/** `sender receiver type [udh] data` (gw/smsc/smsc_fake.c): plain text as it is, all else as in an address. */
function readLine(line: string): CentreMessage {
  const [, from = '', to = '', type = '', rest = ''] = /^(\S+) (\S+) (\S+) (.*)$/s.exec(line) ?? []
  if (type === 'text') return { from, to, udh: Buffer.alloc(0), data: Buffer.from(rest) }
  if (type !== 'udh') return { from, to, udh: Buffer.alloc(0), data: bytesOf(rest) }
  const [udh = '', , data = ''] = rest.split(' ')
  return { from, to, udh: bytesOf(udh), data: bytesOf(data) }
}

function bytesOf(coded: string): Buffer {
  const bytes: number[] = []
  for (const [part, hex] of coded.matchAll(/%([0-9a-f]{2})|[^%]/gi)) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16))
    else bytes.push(...Buffer.from(part === '+' ? ' ' : part))
  }
  return Buffer.from(bytes)
}

function writeLine(from: string, to: string, text: string): string {
  const isPlain = /^[\x21-\x7e][\x20-\x7e]*$/.test(text) && !/[\^{}\\[\]~|`]/.test(text)
  const bytes = [...Buffer.from(text, 'utf16le').swap16()]
  const coded = bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  return `${from} ${to} ${isPlain ? `text ${text}` : `ucs2 ${coded}`}\n`
}

function spoilPassword(request: { url: string }): void {
  request.url = request.url.replace(/([?&]password=)[^&]*/, '$1no+longer')
}

async function listening(host: string, port: number, keep = false): Promise<Socket> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = await new Promise<Socket | null>((done) => {
      const opened = connect({ host, port })
      opened.once('connect', () => done(opened))
      opened.once('error', () => done(null))
    })
    if (socket !== null) {
      socket.on('error', () => {})
      if (!keep) socket.destroy()
      return socket
    }
    await sleep(50)
  }
  throw new Error(`Kannel does not listen on ${port}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await Promise.race([gone, sleep(3_000)])
  child.kill('SIGKILL')
}
