// Starts the peer and speaks with it: a server of the fediverse by @evanp/activitypub-bot, in a process of its own.
import { fork, type ChildProcess } from 'node:child_process'
import { createServer, type AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { startFaultProxy, type FaultProxy } from '../fault-proxy.ts'

/** What its own code needs: SQLite of Node without a flag. */
const node = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url))

export interface FediversePeer {
  /** The address of the server, by which the proxy for faults is reached. */
  readonly origin: string
  readonly proxy: FaultProxy
  ask<Result>(name: string, given?: object): Promise<Result>
  close(): Promise<void>
}

export async function startFediversePeer(): Promise<FediversePeer> {
  const port = await freePort()
  const proxy = await startFaultProxy(`http://127.0.0.1:${port}`)
  const child = fork(fileURLToPath(new URL('server.mjs', import.meta.url)), [String(port), proxy.url], {
    execPath: node,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const asked = new Map<number, (answer: { readonly result?: unknown; readonly error?: string }) => void>()
  let calls = 0
  child.on('message', (message: { call: number; result?: unknown; error?: string }) => {
    asked.get(message.call)?.(message)
    asked.delete(message.call)
  })
  await isUp(child)
  return {
    origin: proxy.url,
    proxy,
    ask: <Result>(name: string, given: object = {}) =>
      new Promise<Result>((resolve, reject) => {
        const call = (calls += 1)
        asked.set(call, ({ result, error }) =>
          error === undefined ? resolve(result as Result) : reject(new Error(error)),
        )
        child.send({ call, name, given })
      }),
    close: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill()
      await Promise.all([ended, proxy.close()])
    },
  }
}

function isUp(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', (code) => reject(new Error(`the peer ended with ${code} before it was up`)))
  })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
