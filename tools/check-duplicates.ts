import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findDuplicates } from './duplicates.ts'
import { isTest } from './rooms.ts'
import { listSources, root } from './source-files.ts'

/** Shorter runs are mostly shape, not logic; a copy of this length is one piece of code in two places. */
const least = 12

const sources = listSources()
  .filter((path) => !isTest(path))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
const found = findDuplicates(sources, least)
for (const { first, second, lines } of found) {
  console.log(`${first.path}:${first.line} and ${second.path}:${second.line} share ${lines} lines`)
}
console.log(
  `${sources.length} files, no ${least} lines in a row stand twice`.replace(
    'no',
    found.length > 0 ? 'some' : 'no',
  ),
)
process.exit(found.length > 0 ? 1 : 0)
