import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '')

/** Paths from the root, with `/`, of every file that git tracks or would track; sorted. */
export function listFiles(pattern: RegExp): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return listed
    .split('\0')
    .filter((path) => pattern.test(path) && existsSync(join(root, path)))
    .sort()
}

export function listSources(): readonly string[] {
  return listFiles(/\.tsx?$/)
}
