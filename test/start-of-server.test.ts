import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const mainFile = fileURLToPath(new URL('../server/main.ts', import.meta.url))

test('a program that starts answers whoever asks early: alive, not yet ready, then ready', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'horseshoe-start-'))
  const port = await freePort()
  const child = spawn(process.execPath, [mainFile], {
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      HORSESHOE_DATA: folder,
      HORSESHOE_ROLE: 'web',
      LOG_LEVEL: 'error',
    },
    stdio: 'ignore',
  })
  try {
    const seen = new Set<number>()
    while (!seen.has(200)) {
      const status = await ask(`http://127.0.0.1:${port}/readyz`)
      if (status !== undefined) seen.add(status)
      if (child.exitCode !== null) throw new Error('the server did not start')
    }
    expect([...seen].every((status) => status === 200 || status === 503)).toBe(true)
    const said = await (await fetch(`http://127.0.0.1:${port}/readyz`)).json()
    expect(said).toMatchObject({ ready: true, workers: 'none' })
  } finally {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
}, 60_000)

/** Undefined while nobody listens; throws where no answer comes. */
async function ask(url: string): Promise<number | undefined> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'TimeoutError') throw error
    return undefined
  })
  if (response === undefined) await sleep(2)
  return response?.status
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
