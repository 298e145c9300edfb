import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { withHorseshoe } from './cli-session.ts'

const said = {
  'no-account': 'Nobody signs in with this address.',
  'weak-password':
    'This password is short or among the first to be guessed. Choose another one, of 12 signs or more.',
} as const

/** Sets a new password for somebody who forgot theirs, and ends their sessions. It is asked for, or read from a pipe. */
export async function setPassword(email: string): Promise<void> {
  const password = await readPassword()
  if (password === '') throw new Error('No password was given.')
  await withHorseshoe({ works: false }, async ({ auth }) => {
    const result = await auth.replacePassword(email, password)
    if (result !== 'replaced') throw new Error(said[result])
  })
  process.stdout.write(`${email} signs in with the new password from now on; open sessions were ended.\n`)
}

async function readPassword(): Promise<string> {
  const isTerminal = process.stdin.isTTY
  if (isTerminal) process.stderr.write('New password (it is not shown): ')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal })
  try {
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
    if (isTerminal) process.stderr.write('\n')
  }
}
