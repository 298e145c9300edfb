// Templates of a WhatsApp Business Account, as Meta lists them.
// https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates
import type { FilledTemplate, MessageTemplate } from '../../contract/message-template.ts'
import { failureOf } from '../ask-json.ts'
import { isObject, type Json } from '../read-json.ts'
import type { Graph } from './graph.ts'

const mostPages = 10
const fields = 'name,language,status,category,components'

/** The approved ones, by name. */
export async function listTemplates(graph: Graph): Promise<readonly MessageTemplate[]> {
  const found: MessageTemplate[] = []
  let after = ''
  for (let page = 0; page < mostPages; page += 1) {
    const cursor = after === '' ? '' : `&after=${encodeURIComponent(after)}`
    const asked = await graph.get(`${graph.business}/message_templates?fields=${fields}&limit=100${cursor}`)
    if (!asked.ok) throw failureOf(asked)
    const body = objectOf(asked.body)
    found.push(...objectsIn(body['data']).flatMap((item) => readTemplate(item) ?? []))
    const next = textOf(objectOf(objectOf(body['paging'])['cursors'])['after'])
    if (objectsIn(body['data']).length === 0 || next === '' || next === after) break
    after = next
  }
  return found.toSorted((a, b) => a.name.localeCompare(b.name) || a.language.localeCompare(b.language))
}

/** Null where it is not approved, or says nothing. */
function readTemplate(said: Json): MessageTemplate | null {
  const name = textOf(said['name'])
  const language = textOf(said['language'])
  const components = objectsIn(said['components'])
  const part = (type: string) => components.find((each) => textOf(each['type']).toUpperCase() === type) ?? {}
  const body = part('BODY')
  if (said['status'] !== 'APPROVED' || name === '' || language === '' || textOf(body['text']) === '')
    return null
  const header = part('HEADER')
  const buttons = objectsIn(part('BUTTONS')['buttons'])
  return {
    name,
    language,
    header: textOf(header['text']),
    body: textOf(body['text']),
    footer: textOf(part('FOOTER')['text']),
    buttons: buttons.map((button) => textOf(button['text'])).filter((text) => text !== ''),
    blanks: [...blanksOf('header', header), ...blanksOf('body', body)],
    cost: costOf(textOf(said['category'])),
    cannot: whyNot(header, buttons, components),
  }
}

function costOf(category: string): string | null {
  const known = category.toLowerCase()
  return known === '' ? null : `one ${known} message, by Meta's price list`
}

const plainParts = new Set(['HEADER', 'BODY', 'FOOTER', 'BUTTONS'])

function whyNot(header: Json, buttons: readonly Json[], components: readonly Json[]): string | null {
  const format = textOf(header['format']).toLowerCase()
  if (format !== '' && format !== 'text') return `It has a ${format} in its head, which cannot be given here.`
  const other = components.find((each) => !plainParts.has(textOf(each['type']).toUpperCase()))
  if (other !== undefined)
    return `It has a ${textOf(other['type']).toLowerCase()}, which cannot be given here.`
  const asks = buttons.some(
    (button) =>
      textOf(button['url']).includes('{{') ||
      !/^(QUICK_REPLY|URL|PHONE_NUMBER)$/.test(textOf(button['type'])),
  )
  return asks ? 'It has a button that must be given something, which cannot be done here.' : null
}

/** Blanks in the order in which they first stand, with the examples that the approval was asked with. */
function blanksOf(where: 'header' | 'body', component: Json): MessageTemplate['blanks'] {
  const names = [...textOf(component['text']).matchAll(/\{\{\s*([^{}]+?)\s*\}\}/g)].map(
    ([, name = '']) => name,
  )
  const examples = examplesOf(where, objectOf(component['example']))
  return [...new Set(names)].map((name, index) => ({
    where,
    name,
    example:
      examples.named.get(name) ?? examples.numbered[/^\d+$/.test(name) ? Number(name) - 1 : index] ?? '',
  }))
}

function examplesOf(where: 'header' | 'body', example: Json) {
  const named = objectsIn(example[`${where}_text_named_params`]).map(
    (each) => [textOf(each['param_name']), textOf(each['example'])] as const,
  )
  // A head has one list of values, a body a list of such lists.
  const listed: unknown = example[`${where}_text`]
  const values: unknown[] = Array.isArray(listed) ? listed.flat() : []
  return { named: new Map(named), numbered: values.map(textOf) }
}

/** As a message names it: numbered blanks by their order, others by their name. */
export function templateOf({ name, language, values }: FilledTemplate): object {
  const components = (['header', 'body'] as const).flatMap((type) => {
    const parameters = values
      .filter(({ where }) => where === type)
      .toSorted((a, b) => (isNumbered(a.name) && isNumbered(b.name) ? Number(a.name) - Number(b.name) : 0))
      .map((blank) => ({
        type: 'text',
        ...(isNumbered(blank.name) ? {} : { parameter_name: blank.name }),
        text: blank.value,
      }))
    return parameters.length === 0 ? [] : [{ type, parameters }]
  })
  return {
    name,
    language: { policy: 'deterministic', code: language },
    ...(components.length === 0 ? {} : { components }),
  }
}

function isNumbered(name: string): boolean {
  return /^\d+$/.test(name)
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : {}
}

function objectsIn(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}
