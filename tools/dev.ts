// `npm run dev`: the server, started again when its sources change, and beside it the web app as it is
// written, at http://localhost:5173 (its requests go on to the server). Ctrl-C ends both.
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { root } from './source-files.ts'

const children: readonly ChildProcess[] = [
  node('--watch', 'server/main.ts'),
  node(join('node_modules', 'vite', 'bin', 'vite.js')),
]

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal)
  })
}

function node(...args: readonly string[]): ChildProcess {
  const child = spawn(execPath, args, { cwd: root, stdio: 'inherit' })
  child.on('exit', (code) => {
    process.exitCode ??= code ?? 1
    for (const other of children) if (other.exitCode === null) other.kill('SIGTERM')
  })
  return child
}
