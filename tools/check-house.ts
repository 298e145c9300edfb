// House lint: the seven doors and the habits that no general linter knows. First proves itself on planted breaches.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { doorRules } from './house/doors.ts'
import { habitRules } from './house/habits.ts'
import { breachesOf, parse, selfTest } from './house/rule.ts'
import { tableOwnership } from './house/table-owners.ts'
import { listSources, root } from './source-files.ts'

const rules = [...doorRules, ...habitRules]
const broken = rules.flatMap(selfTest)
for (const line of broken) console.log(line)

const files = listSources().map((path) => parse({ path, text: readFileSync(join(root, path), 'utf8') }))
const breaches = files.flatMap((file) => rules.flatMap((rule) => breachesOf(rule, file)))
for (const breach of breaches) {
  console.log(`${breach.path}:${breach.line}  ${breach.rule}: ${breach.why}\n    ${breach.text}`)
}
const shared = tableOwnership(files)
for (const line of shared) console.log(line)

console.log(`${rules.length} rules proved on planted breaches, ${files.length} files read`)
process.exit(broken.length + breaches.length + shared.length > 0 ? 1 : 0)
