// Telegram's Bot API as @grammyjs/types words it (MIT), made into JSON Schema once for each version of that package.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { openContract, type Contract } from '../contract.ts'
import { deviations } from './deviations.ts'

const require = createRequire(import.meta.url)
const types = dirname(require.resolve('@grammyjs/types/package.json'))
const kept = join(fileURLToPath(new URL('..', import.meta.url)), 'node_modules', '.cache', 'horseshoe')

/** The calls that the twin answers. */
const methods = [
  'getMe',
  'getUpdates',
  'setWebhook',
  'deleteWebhook',
  'getWebhookInfo',
  'sendMessage',
  'sendPhoto',
  'sendDocument',
  'editMessageText',
  'deleteMessage',
  'setMessageReaction',
  'getFile',
] as const

/** Judges `request sendMessage`, `result sendMessage`, `update` and `error`. */
export function openTelegramContract(): Contract {
  return openContract({
    schema: readSchema(),
    place: (name) => `#/definitions/Contract/properties/${name.replace(' ', '_')}`,
    deviations,
  })
}

function readSchema(): object {
  const source = declarations()
  const file = join(kept, `telegram-2-${createHash('sha256').update(source).digest('hex').slice(0, 16)}.json`)
  if (!existsSync(file)) writeWhole(file, JSON.stringify(withoutEmptyParts(makeSchema(source))))
  return JSON.parse(readFileSync(file, 'utf8')) as object
}

/** Test files run at the same time: nobody reads half a file. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, file)
}

function makeSchema(source: string): object {
  mkdirSync(kept, { recursive: true })
  const path = join(kept, `telegram-contract-${process.pid}.ts`)
  writeFileSync(path, source)
  const { createGenerator } = require('ts-json-schema-generator') as {
    readonly createGenerator: (config: object) => { createSchema(type: string): object }
  }
  const config = { path, type: 'Contract', skipTypeCheck: true, additionalProperties: false, topRef: true }
  try {
    return createGenerator(config).createSchema('Contract')
  } finally {
    rmSync(path)
  }
}

/** `T & {}`, which is how TypeScript takes null away, comes out as "T and an empty object": that part says nothing. */
function withoutEmptyParts(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutEmptyParts)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).map(([name, inner]) => {
      const isChoice = name === 'allOf' && Array.isArray(inner) && inner.length > 1
      return [
        name,
        withoutEmptyParts(isChoice ? inner.filter((part: unknown) => !isEmptyObject(part)) : inner),
      ]
    }),
  )
}

function isEmptyObject(schema: unknown): boolean {
  return JSON.stringify(schema) === '{"type":"object","additionalProperties":false,"properties":{}}'
}

/** One interface with a property for each call and answer. Generic types of functions are beyond the generator. */
function declarations(): string {
  const text = readFileSync(join(types, 'methods.d.ts'), 'utf8')
  const file = ts.createSourceFile('methods.d.ts', text, ts.ScriptTarget.ESNext, true)
  const imports = file.statements
    .filter((statement) => ts.isImportDeclaration(statement))
    .map((statement) => statement.getText().replace(/"\.\/(\w+)\.js"/, `"${types}/$1.d.ts"`))
  const api = file.statements.find(
    (statement) => ts.isTypeAliasDeclaration(statement) && statement.name.text === 'ApiMethods',
  )
  if (api === undefined || !ts.isTypeAliasDeclaration(api) || !ts.isTypeLiteralNode(api.type)) {
    throw new Error('@grammyjs/types has changed its form')
  }
  const members = api.type.members.filter((member) => ts.isMethodSignature(member))
  const properties = methods.flatMap((name) => {
    const method = members.find((member) => member.name.getText() === name)
    if (method === undefined) throw new Error(`@grammyjs/types knows no ${name}`)
    const given = method.parameters[0]?.type?.getText() ?? 'Record<string, never>'
    return [`  request_${name}: ${given}`, `  result_${name}: ${method.type?.getText() ?? 'true'}`]
  })
  const error = `import type { ApiError } from "${types}/api.d.ts"`
  return [
    ...imports,
    error,
    'type F = string',
    'export interface Contract {',
    ...properties,
    '  update: Update',
    '  error: ApiError',
    '}',
    '',
  ].join('\n')
}
