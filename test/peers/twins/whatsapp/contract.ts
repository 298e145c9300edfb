// WhatsApp's Cloud API by Meta's own OpenAPI file (MIT). The file is no part of this repository; where it is not
// there, nobody judges, and the test says so.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { openContract, type Contract } from '../contract.ts'
import { deviations } from './deviations.ts'

const require = createRequire(import.meta.url)
const file = new URL('../../../../../shared/data/specs/whatsapp.yaml', import.meta.url)

type Json = Readonly<Record<string, unknown>>

export const missingContract = existsSync(file)
  ? null
  : 'needs ../shared/data/specs/whatsapp.yaml, which is not here'

/** The operations that the twin knows: name, path and method in the file. */
const operations = {
  send: ['/{Version}/{Phone-Number-ID}/messages', 'post'],
  phone: ['/{Version}/{Phone-Number-ID}', 'get'],
  configure: ['/{Version}/{Phone-Number-ID}', 'post'],
  upload: ['/{Version}/{Phone-Number-ID}/media', 'post'],
  media: ['/{Version}/{Media-ID}', 'get'],
  templates: ['/{Version}/{WABA-ID}/message_templates', 'get'],
  subscribe: ['/{Version}/{WABA-ID}/subscribed_apps', 'post'],
  webhook: ['/whatsapp/webhooks', 'post'],
} as const

export type Operation = keyof typeof operations

/** Judges `send request`, `send answer`, `webhook request`, `error`, and so on. */
export function openWhatsappContract(): Contract {
  if (missingContract !== null) return { broken: [], judge: () => null }
  const { parse } = require('yaml') as { readonly parse: (text: string) => Json }
  const spec = parse(readFileSync(file, 'utf8'))
  const paths = at(spec, 'paths')
  const names = Object.entries(operations).flatMap(([name, [path, method]]) => {
    const operation = at(paths, path, method)
    const request = jsonOf(at(operation, 'requestBody'))
    const answer = jsonOf(at(operation, 'responses', '200'))
    return [
      ...(request === undefined ? [] : [[`${name} request`, request] as const]),
      ...(answer === undefined ? [] : [[`${name} answer`, answer] as const]),
    ]
  })
  const error = { $ref: '#/components/schemas/GraphAPIError' }
  const schema = patched({
    components: at(spec, 'components'),
    definitions: Object.fromEntries([...names, ['error', error]].map(([name, inner]) => [slug(name), inner])),
  })
  return openContract({ schema, place: (name) => `#/definitions/${slug(name)}`, deviations })
}

/** The examples that the file gives of an operation's requests. */
export function examplesOf(name: Operation): readonly (readonly [string, unknown])[] {
  const { parse } = require('yaml') as { readonly parse: (text: string) => Json }
  const [path, method] = operations[name]
  const body = at(parse(readFileSync(file, 'utf8')), 'paths', path, method, 'requestBody')
  const examples = at(body, 'content', 'application/json', 'examples')
  return Object.entries(examples).map(([title, example]) => [title, at(example, 'value')])
}

function slug(name: unknown): string {
  return String(name).replace(' ', '_')
}

function at(value: unknown, ...path: readonly string[]): Json {
  let found: unknown = value
  for (const name of path) found = (found as Json | undefined)?.[name]
  return (found ?? {}) as Json
}

function jsonOf(holder: Json): unknown {
  return at(holder, 'content', 'application/json')['schema']
}

/** The deviations, and what OpenAPI adds to JSON Schema, taken out; see deviations.ts. */
function patched(schema: Json): Json {
  const schemas = { ...at(schema, 'components', 'schemas') }
  const base = at(schemas, 'BaseMessageProperties')
  schemas['BaseMessageProperties'] = { ...base, required: ['messaging_product', 'to', 'type'] }
  const incoming = { type: 'object', required: ['from', 'id', 'timestamp', 'type'] }
  const choices = at(schemas, 'IncomingMessage')['oneOf'] as readonly { readonly $ref: string }[]
  schemas['IncomingMessage'] = {
    allOf: [
      incoming,
      { anyOf: choices.map(({ $ref }) => withoutBase(at(schemas, $ref.split('/').at(-1) ?? ''))) },
    ],
  }
  schemas['SystemMessage'] = withoutBase(at(schemas, 'SystemMessage'))
  return loosened({ ...schema, components: { schemas } }) as Json
}

function withoutBase(schema: Json): Json {
  const parts = schema['allOf']
  if (!Array.isArray(parts)) return schema
  return {
    ...schema,
    allOf: parts.filter((part: Json) => !String(part['$ref']).endsWith('BaseMessageProperties')),
  }
}

const left = new Set(['discriminator', 'example', 'examples', 'description', 'format'])

function loosened(value: unknown, isPart = false): unknown {
  if (Array.isArray(value)) return value.map((inner: unknown) => loosened(inner, isPart))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => !(left.has(name) && typeof inner !== 'object') && name !== 'discriminator')
      .filter(([name, inner]) => !(isPart && name === 'additionalProperties' && inner === false))
      .map(([name, inner]) => [name, loosened(inner, name === 'allOf')]),
  )
}
