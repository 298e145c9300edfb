import { isContractProcedure } from '@orpc/contract'
import { z } from 'zod'
import { contract } from '../contract/index.ts'
import type { Access } from '../contract/endpoint.ts'

/** One line of the endpoint table, read from the contract. */
export interface Endpoint {
  /** `cases.list`: where it stands in the contract. */
  readonly name: string
  readonly access: Access | undefined
  readonly method: string
  /** With parameters in braces: `/cases/{id}`. */
  readonly path: string
  readonly input: z.ZodType | undefined
}

/** Every endpoint of the contract. */
export function allEndpoints(): readonly Endpoint[] {
  return collect(contract, [])
}

function collect(node: unknown, place: readonly string[]): readonly Endpoint[] {
  if (isContractProcedure(node)) {
    const { meta, route, inputSchema } = node['~orpc']
    const access = (meta as { access?: Access }).access
    const input = inputSchema instanceof z.ZodType ? inputSchema : undefined
    return [{ name: place.join('.'), access, method: route.method ?? 'POST', path: route.path ?? '', input }]
  }
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([key, inner]) => collect(inner, [...place, key]))
}

export interface Filled {
  readonly path: string
  readonly body: unknown
  /** Whether an id stands in the path, or in query or body. */
  readonly idIn: 'path' | 'rest' | 'nowhere'
}

/** A request that fits the schema of an endpoint, with `id` in the path and `others` wherever else an id is wanted. */
export function fillIn(endpoint: Endpoint, id: string, others = id): Filled {
  const names = [...endpoint.path.matchAll(/\{\+?(\w+)\}/g)].map((match) => match[1] ?? '')
  const schema: Json =
    endpoint.input === undefined
      ? {}
      : (z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as Json)
  const values = sample(schema, others, schema)
  const fields = typeof values === 'object' && values !== null ? { ...values } : {}
  const inPath = names.map((name) => (Reflect.get(fields, name) === others ? id : Reflect.get(fields, name)))
  for (const name of names) Reflect.deleteProperty(fields, name)
  const path = names.reduce(
    (text, name, index) =>
      text.replace(new RegExp(`\\{\\+?${name}\\}`), encodeURIComponent(String(inPath[index] ?? id))),
    endpoint.path,
  )
  const rest = JSON.stringify(fields)
  const idIn = placeOf(id, path, rest)
  if (endpoint.method !== 'GET') return { path, body: fields, idIn }
  const query = new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, String(value)]))
  return { path: query.size === 0 ? path : `${path}?${query}`, body: undefined, idIn }
}

function placeOf(id: string, path: string, rest: string): Filled['idIn'] {
  if (path.includes(id)) return 'path'
  return rest.includes(id) ? 'rest' : 'nowhere'
}

interface Json {
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Json[]
  readonly oneOf?: readonly Json[]
  readonly items?: Json
  readonly minItems?: number
  readonly prefixItems?: readonly Json[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly minimum?: number
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Json>>
}

/** The smallest value of a JSON schema that names every property; ids are `id`. */
function sample(schema: Json, id: string, root: Json): unknown {
  if (schema.$ref !== undefined)
    return sample(root.$defs?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}, id, root)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  const choice = (schema.anyOf ?? schema.oneOf)?.find((option) => option.type !== 'null')
  if (choice !== undefined) return sample(choice, id, root)
  if (schema.type === 'object') {
    const entries = Object.entries(schema.properties ?? {})
    return Object.fromEntries(entries.map(([name, inner]) => [name, sample(inner, id, root)]))
  }
  if (schema.type === 'array') {
    if (schema.prefixItems !== undefined)
      return schema.prefixItems.map((item, index) =>
        item.type === 'integer' ? index : sample(item, id, root),
      )
    return schema.items === undefined ? [] : [sample(schema.items, id, root)]
  }
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1)
  if (schema.type === 'boolean') return false
  return schema.type === 'string' ? sampleText(schema, id) : null
}

const byFormat: Readonly<Record<string, string>> = {
  email: 'somebody@example.org',
  date: '2026-01-05',
  'date-time': '2026-01-05T10:00:00Z',
  uri: 'https://example.org/',
}

function sampleText({ format, pattern }: Json, id: string): string {
  if (format === 'uuid') return id
  const known = byFormat[format ?? '']
  if (known !== undefined) return known
  if (pattern === undefined) return 'service service service'
  return new RegExp(pattern).test('service') ? 'service' : '2026-01-05T10:00:00Z'
}
