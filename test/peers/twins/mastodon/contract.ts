// Mastodon's client API as masto words it (MIT), made into JSON Schema once for each version of that package. masto
// writes names in its own case; what goes over the line is turned into it before it is judged.
import { createHash } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openContract, type Contract } from '../contract.ts'
import { deviations } from './deviations.ts'

const require = createRequire(import.meta.url)
const twins = fileURLToPath(new URL('..', import.meta.url))
const kept = join(twins, 'node_modules', '.cache', 'horseshoe')
const masto = join(twins, 'node_modules', 'masto')

/** One interface with a property for each thing that is judged, over the files of masto in this folder. */
function sourceOver(words: string): string {
  const from = (...path: readonly string[]): string => JSON.stringify(join(words, ...path))
  return `import type {
  Account, MediaAttachment, Notification, Status
} from ${from('entities', 'v1', 'index.d.ts')}
import type { Instance } from ${from('entities', 'v2', 'index.d.ts')}
import type { CreateStatusParams, UpdateStatusParams } from ${from('rest', 'v1', 'statuses.d.ts')}
export interface Contract {
  request_post: CreateStatusParams
  request_edit: UpdateStatusParams
  status: Status
  account: Account
  notification: Notification
  media: MediaAttachment
  instance: Instance
}
`
}

/** Judges by the names above. */
export function openMastodonContract(): Contract {
  const contract = openContract({
    schema: readSchema(),
    place: (name) => `#/definitions/Contract/properties/${name}`,
    deviations,
  })
  return { broken: contract.broken, judge: (name, value) => contract.judge(name, inTheirCase(value)) }
}

function inTheirCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inTheirCase)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      // The one thing whose names masto leaves as they are.
      name === 'feature_approval' ? inner : inTheirCase(inner),
    ]),
  )
}

function readSchema(): object {
  const version = readFileSync(join(masto, 'package.json'), 'utf8')
  const name = createHash('sha256').update(sourceOver('masto')).update(version).digest('hex').slice(0, 16)
  const file = join(kept, `mastodon-1-${name}.json`)
  if (!existsSync(file)) writeWhole(file, JSON.stringify(makeSchema()))
  return JSON.parse(readFileSync(file, 'utf8')) as object
}

/** Test files run at the same time: nobody reads half a file. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, file)
}

function makeSchema(): object {
  const folder = join(kept, `mastodon-${process.pid}`)
  copyWords(join(masto, 'dist', 'mastodon'), folder)
  const path = join(folder, 'contract.ts')
  writeFileSync(path, sourceOver(folder))
  const { createGenerator } = require('ts-json-schema-generator') as {
    readonly createGenerator: (config: object) => { createSchema(type: string): object }
  }
  const config = { path, type: 'Contract', skipTypeCheck: true, additionalProperties: false, topRef: true }
  try {
    return createGenerator(config).createSchema('Contract')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * masto lists the words of a choice as properties that never have a value, so that programs can add to them; the
 * generator takes what never is for not there. With a value the same words come out.
 */
function copyWords(from: string, to: string): void {
  cpSync(from, to, { recursive: true })
  for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue
    const path = join(to, name)
    const text = readFileSync(path, 'utf8').replaceAll(/^(\s+(?:\w+|"[^"]+")): never;$/gm, '$1: true;')
    // Two types bear this name, which the generator does not take.
    const isOther = name.endsWith('quote-approval.d.ts')
    writeFileSync(path, isOther ? text.replaceAll('QuoteApprovalPolicy', 'QuoteApprovalState') : text)
  }
}
