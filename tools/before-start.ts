// Loaded before the server by `npm start`: the web app is built when it must be, and the server ends with npm.
import { env, kill, pid } from 'node:process'
import { isMainThread } from 'node:worker_threads'
import './ensure-web.ts'

if (isMainThread && env['npm_lifecycle_event'] === 'start') endWithNpm()

/**
 * npm passes SIGTERM on to the shell between it and us, and the shell dies without telling. So when our
 * parent is gone, we take it as told: stop as on SIGTERM.
 */
function endWithNpm(): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    kill(pid, 'SIGTERM')
  }, 250)
  watch.unref()
}
