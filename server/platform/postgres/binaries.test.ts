import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAccounts } from './account.ts'
import { restoreLinks } from './binaries.ts'
import { defaultSettings } from './cluster.ts'

test('the link names that npm cannot carry are restored, by any number of processes at once', async () => {
  const root = await mkdtemp(join(tmpdir(), 'horseshoe-links-'))
  const native = join(root, 'native')
  await mkdir(join(native, 'lib'), { recursive: true })
  await writeFile(join(native, 'lib', 'libpq.so.5.18'), 'library')
  const links = [
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
  ]
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links))
  await Promise.all(Array.from({ length: 8 }, () => restoreLinks(native)))
  expect(await readFile(join(native, 'lib', 'libpq.so.5'), 'utf8')).toBe('library')
  expect(await readFile(join(native, 'lib', 'libpq.so'), 'utf8')).toBe('library')
  await rm(root, { recursive: true })
})

test('neither root nor a placeholder account is lent to PostgreSQL', () => {
  const accounts = parseAccounts(
    'root:x:0:0:root:/root:/bin/sh\nnobody:*:-2:-2::/:/x\ndaemon:x:1:1::/:/x\nbroken line\n',
  )
  expect([...accounts]).toEqual([['daemon', { uid: 1, gid: 1 }]])
})

test('memory settings follow the machine within bounds', () => {
  expect(defaultSettings(16 * 2 ** 30)['shared_buffers']).toBe('256MB')
  expect(defaultSettings(1 * 2 ** 30)['shared_buffers']).toBe('128MB')
  expect(defaultSettings(128 * 2 ** 20)['shared_buffers']).toBe('32MB')
})
