import type { ChildProcess } from 'node:child_process'
import { Worker } from 'node:worker_threads'
import type { Log } from './log.ts'

// Nothing can interrupt code that computes for ever but the end of its process. Who watches counts its own seconds: where
// the whole machine sleeps or is slow, both stand still.

const beatMs = 500
const countMs = 1_000
const limitSeconds = 30
const sign = 'alive'

/** Ends a child that gave no sign of life for so many seconds, after its first one. */
export function watchChild(child: ChildProcess, log: Log, limit = limitSeconds): void {
  let silent: number | null = null
  child.on('message', (message) => {
    if (message === sign) silent = 0
  })
  const counting = setInterval(() => {
    if (silent === null || (silent += 1) < limit) return
    log.error({ seconds: silent, pid: child.pid }, 'a process did nothing but compute, and is ended')
    child.kill('SIGKILL')
  }, countMs)
  child.once('exit', () => clearInterval(counting))
}

/** Lets this process be watched: by its parent where it has one, else by a thread of its own. */
export function beWatched(limit = limitSeconds): void {
  if (process.connected) {
    const beating = setInterval(() => {
      if (process.connected) process.send?.(sign, () => {})
    }, beatMs)
    beating.unref()
    return
  }
  const beats = new Int32Array(new SharedArrayBuffer(4))
  const thread = new Worker(counter, { eval: true, workerData: { beats, limit, countMs } })
  thread.unref()
  setInterval(() => Atomics.add(beats, 0, 1), beatMs).unref()
}

const counter = `
const { workerData: { beats, limit, countMs } } = require('node:worker_threads')
let last = -1
let silent = 0
setInterval(() => {
  const now = Atomics.load(beats, 0)
  silent = now === last ? silent + 1 : 0
  last = now
  if (silent >= limit) process.kill(process.pid, 'SIGKILL')
}, countMs)
`
