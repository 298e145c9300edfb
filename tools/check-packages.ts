import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type LockedPackage,
  licenceProblems,
  lockProblems,
  type Manifest,
  packageName,
  versionProblems,
} from './packages.ts'
import { root } from './source-files.ts'

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>
}

const packages = Object.entries(lock.packages).filter(([path]) => path !== '')
const problems = [
  ...versionProblems(manifest),
  ...packages.flatMap(([path, locked]) => [
    ...lockProblems(path, locked),
    ...licenceProblems(packageName(path), locked.license),
  ]),
]
for (const line of problems) console.log(line)
console.log(`${packages.length} packages, their licences go with Apache-2.0`)
process.exit(problems.length > 0 ? 1 : 0)
