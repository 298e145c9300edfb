// The walls between the rooms. Counts what was read, so that a reader gone blind cannot pass, and sees
// every wall breached in a model house before it trusts itself.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { codeRooms } from './rooms.ts'
import { listSources, root } from './source-files.ts'
import { cruiseHouse } from './walls/cruise-house.ts'
import { missedBreaches } from './walls/plant-breaches.ts'
import { walls } from './walls/rules.ts'

const missed = await missedBreaches()
for (const line of missed) console.log(line)

const present = codeRooms.filter((room) => existsSync(join(root, room)))
const { summary, modules } = await cruiseHouse(root, present)
for (const { rule, from, to } of summary.violations) {
  const wall = walls.find((each) => each.rule.name === rule.name)
  console.log(`${from} -> ${to}\n    ${rule.name}: ${wall?.rule.comment ?? ''}`)
}

const ours = modules.filter(
  (module) => /^[a-z]+\/.*\.tsx?$/.test(module.source) && !module.source.startsWith('node_modules'),
)
const expected = listSources().filter((path) => path.includes('/')).length
const isBlind = ours.length < expected
if (isBlind) console.log(`only ${ours.length} of ${expected} modules were read: the walls prove nothing`)

console.log(`${walls.length} walls, ${ours.length} modules`)
process.exit(missed.length + summary.violations.length > 0 || isBlind ? 1 : 0)
