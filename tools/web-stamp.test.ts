import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { webStamp } from './web-stamp.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'web-stamp-'))
  mkdirSync(join(root, 'web/features'), { recursive: true })
  writeFileSync(join(root, 'web/features/desk.tsx'), 'one')
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

test('the same sources give the same stamp', () => {
  expect(webStamp(root)).toBe(webStamp(root))
})

test.each(['web/features/desk.tsx', 'web/new.tsx', 'vite.config.ts', 'package-lock.json'])(
  'a change of %s changes the stamp',
  (path) => {
    const before = webStamp(root)
    writeFileSync(join(root, path), 'two')
    expect(webStamp(root)).not.toBe(before)
  },
)

test.each(['web/desk.test.tsx', 'README.md'])('%s is no part of the web app', (path) => {
  const before = webStamp(root)
  writeFileSync(join(root, path), 'two')
  expect(webStamp(root)).toBe(before)
})

test('moving text from one file to the next changes the stamp', () => {
  writeFileSync(join(root, 'web/a.ts'), 'ab')
  writeFileSync(join(root, 'web/b.ts'), 'c')
  const before = webStamp(root)
  writeFileSync(join(root, 'web/a.ts'), 'a')
  writeFileSync(join(root, 'web/b.ts'), 'bc')
  expect(webStamp(root)).not.toBe(before)
})
