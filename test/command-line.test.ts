import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from './database.ts'
import { cliFile } from './server-process.ts'

const mainFile = fileURLToPath(new URL('../server/main.ts', import.meta.url))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly errors: string
}

let database: Awaited<ReturnType<typeof createTestDatabase>>
let folder: string

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'horseshoe-cli-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

/** Runs a file of ours to its end, with nothing of this process's environment but the path. */
async function run(
  file: string,
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...words], {
    env: { PATH: process.env['PATH'], HORSESHOE_DATA: folder, LOG_LEVEL: 'error', ...settings },
  })
  let [out, errors] = ['', '']
  child.stdout.on('data', (bytes) => (out += String(bytes)))
  child.stderr.on('data', (bytes) => (errors += String(bytes)))
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  return { code, out, errors }
}

const command = (...words: readonly string[]) =>
  run(cliFile, words, { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl })

describe('a setting that cannot be meant', () => {
  test.each([
    ['PORT', 'http', 'PORT: must be a port number.'],
    ['DATABASE_URL', 'mysql://here', 'DATABASE_URL: must begin with postgresql://.'],
    ['SMTP_URL', 'smtp://localhost', 'SMTP_URL and SMTP_FROM go together: set both, or neither.'],
    [
      'TRUSTED_PROXIES',
      'proxy',
      'TRUSTED_PROXIES: must be addresses or ranges such as 10.0.0.0/8, separated by commas.',
    ],
    [
      'DATABASE_URL',
      'postgresql://a:b@127.0.0.1:1/c',
      'Horseshoe could not start: DATABASE_URL: no PostgreSQL answers at 127.0.0.1:1. Is it running, and may this machine reach it?',
    ],
  ])('%s=%s ends the start with one sentence', async (name, value, sentence) => {
    const { code, out, errors } = await run(mainFile, [], { PORT: '0', HORSESHOE_ROLE: 'web', [name]: value })
    expect(code).toBeGreaterThan(0)
    expect(out).toBe('')
    expect(errors.split('\n')[0]).toBe(sentence)
  })

  test('a port that somebody else has, and an address that is not of this machine', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = String(typeof address === 'object' && address !== null ? address.port : 0)
    const start = (settings: Readonly<Record<string, string>>) =>
      run(mainFile, [], { DATABASE_URL: database.ownerUrl, DATABASE_APP_URL: database.appUrl, ...settings })
    expect((await start({ PORT: port })).errors).toContain(
      `PORT: ${port} on 127.0.0.1 is taken by another program.`,
    )
    expect((await start({ PORT: '0', HOST: '203.0.113.7' })).errors).toContain(
      'HOST: 203.0.113.7 is no address of this machine.',
    )
    other.close()
  })
})

describe('the command line', () => {
  test('makes a workspace of a name once, and refuses one without', async () => {
    expect(await command('workspace', 'create', 'Alder & Finch', '--json')).toEqual({
      code: 0,
      out: '{"name":"Alder & Finch","slug":"alder-finch"}\n',
      errors: '',
    })
    const again = await command('workspace', 'create', ' Alder & Finch ')
    expect(again).toEqual({ code: 1, out: '', errors: 'There is a workspace Alder & Finch already.\n' })
    const nameless = await command('workspace', 'create', ' ')
    expect(nameless).toEqual({
      code: 1,
      out: '',
      errors: 'A workspace needs a name of 1 to 120 characters.\n',
    })
  })

  test('says on standard error what is unknown or missing: 1 where it cannot, 2 where it was called wrongly', async () => {
    expect(await command('report', 'response', '--workspace', 'Nobody')).toEqual({
      code: 1,
      out: '',
      errors: 'There is no workspace Nobody. Make one with: horseshoe workspace create NAME\n',
    })
    const unsaid = await command('report', 'response')
    expect([unsaid.code, unsaid.out]).toEqual([2, ''])
    expect(unsaid.errors).toContain("required option '--workspace <name>' not specified")
    expect((await command('frobnicate')).code).toBe(2)
    expect((await command('--help')).code).toBe(0)
  })

  test('reads texts without a database, and names the lines that it cannot read', async () => {
    const lines = '{"id":"a","text":"Where is my parcel?"}\nnot JSON\n{"text":1}\n'
    const { code, out, errors } = await run(
      cliFile,
      ['read'],
      { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/x' },
      lines,
    )
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      id: 'a',
      language: 'en',
      labels: expect.arrayContaining(['question']),
    })
    expect(errors).toMatch(/^line 2: .*\nline 3: .*\n$/)
  })
})
