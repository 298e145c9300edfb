import { checkPurity } from './purity.ts'
import { listSources } from './source-files.ts'

// One file for each way out that purity forbids; every one of them must be refused.
const breaches = new Map([
  ['lib/planted-process.ts', 'export const a = process.cwd()'],
  ['lib/planted-dom.ts', 'export const a = document.title'],
  ['lib/planted-fetch.ts', "export const a = fetch('https://example.org')"],
  ['lib/planted-timer.ts', 'setTimeout(() => {}, 1)'],
  ['lib/planted-console.ts', "console.log('a')"],
  ['lib/planted-chance.ts', "import { randomUUID } from 'node:crypto'\nexport const a = randomUUID()"],
  ['contract/planted-node.ts', "import { readFileSync } from 'node:fs'\nexport const a = readFileSync('b')"],
  ['server/cases/planted-buffer.ts', "export const a = Buffer.from('b')"],
  [
    'server/cases/planted-package.ts',
    "import pg from 'pg'\nexport const a = new pg.Pool()\nexport const b = process.pid",
  ],
])

const { count, problems } = checkPurity(listSources(), breaches)
const real = problems.filter((line) => !line.includes('planted-'))
const missed = [...breaches.keys()].filter((path) => !problems.some((line) => line.startsWith(`${path}:`)))

for (const line of real) console.log(line)
for (const path of missed) console.log(`the impurity planted in ${path} was not caught`)
console.log(`${count - breaches.size} pure files, ${breaches.size} planted impurities`)
process.exit(real.length + missed.length > 0 ? 1 : 0)
