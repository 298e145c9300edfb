import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openLog } from './log.ts'
import { watchChild } from './watchdog.ts'

const file = fileURLToPath(new URL('../../test/stuck-process.ts', import.meta.url))
const log = openLog('silent')

test('a worker that does nothing but compute is ended by its parent', { timeout: 30_000 }, async () => {
  const child = fork(file, [], { silent: true })
  watchChild(child, log, 2)
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
})

test('one without a parent is ended by itself', { timeout: 30_000 }, async () => {
  const child = spawn(process.execPath, [file], { stdio: 'ignore' })
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
})

test('one that waits for something is left alone', { timeout: 30_000 }, async () => {
  const child = fork(file, ['idle', '5000'], { silent: true })
  watchChild(child, log, 2)
  expect(await once(child, 'exit')).toEqual([0, null])
})
