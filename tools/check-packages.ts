import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  licenceProblems,
  type Lock,
  lockProblems,
  type Manifest,
  missingPlatforms,
  packageName,
  versionProblems,
} from './packages.ts'
import { root } from './source-files.ts'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Lock
}

const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const problems = [
  ...versionProblems(manifest),
  ...missingPlatforms(lock.packages),
  ...packages.flatMap(([path, locked]) => [
    ...lockProblems(path, locked),
    ...licenceProblems(packageName(path), locked.license),
  ]),
]
for (const line of problems) console.log(line)
console.log(`${packages.length} packages, their licences go with Apache-2.0`)
process.exit(problems.length > 0 ? 1 : 0)
