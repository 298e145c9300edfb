// Draws docs/architecture.svg from the imports in the code. With --check it only says whether it is up to date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { countImports } from './picture/count-imports.ts'
import { drawHouse } from './picture/draw-house.ts'
import { listSources, root } from './source-files.ts'
import { cruiseHouse } from './walls/cruise-house.ts'

const file = join(root, 'docs', 'architecture.svg')
const present = ['contract', 'lib', 'server', 'channels', 'web'].filter((room) =>
  existsSync(join(root, room)),
)
const known = new Set(listSources())
const { modules } = await cruiseHouse(root, present)
const drawn = drawHouse(countImports(modules.filter((module) => known.has(module.source))))

if (!argv.includes('--check')) {
  writeFileSync(file, drawn)
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== drawn) {
  console.log('docs/architecture.svg shows an older house: run `npm run draw`')
  process.exit(1)
} else {
  console.log(`docs/architecture.svg shows ${modules.length} modules as they are`)
}
