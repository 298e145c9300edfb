// What Meta keeps of a business's templates, and what it makes of one that is sent: the words with the blanks filled, or
// its refusal. https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes
type Json = Record<string, unknown>

const quick = { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Yes, please' }] }

export const approvedTemplates: readonly Json[] = [
  template('reach_out', 'en', 'UTILITY', [
    {
      type: 'BODY',
      text: 'Hello {{1}}, may we write to you again?',
      example: { body_text: [['Tilda']] },
    },
    quick,
  ]),
  template('order_ready', 'en_US', 'UTILITY', [
    { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}', example: { header_text: ['4711'] } },
    {
      type: 'BODY',
      text: 'Hi {{customer}}, your {{item}} is ready.',
      example: {
        body_text_named_params: [
          { param_name: 'customer', example: 'Jo' },
          { param_name: 'item', example: 'lamp' },
        ],
      },
    },
    { type: 'FOOTER', text: 'Acme care' },
  ]),
  template('summer_sale', 'en', 'MARKETING', [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Everything must go.' },
  ]),
  { ...template('not_yet', 'en', 'MARKETING', [{ type: 'BODY', text: 'Soon' }]), status: 'PENDING' },
]

function template(name: string, language: string, category: string, components: readonly Json[]): Json {
  return { id: `id-${name}`, name, language, category, status: 'APPROVED', components }
}

const perPage = 2

/** Small pages, so that whoever asks must turn them. */
export function pageOf(templates: readonly Json[], query: Readonly<Record<string, string>>): Json {
  const from = Number(query['after'] ?? '0')
  const data = templates.slice(from, from + perPage)
  const cursors = { before: String(from), after: String(from + data.length) }
  return { data, paging: { cursors } }
}

type Made =
  | { readonly text: string }
  | { readonly status: number; readonly code: number; readonly message: string }

/** The message as it stands on the phone. */
export function templateText(templates: readonly Json[], sent: unknown): Made {
  const {
    name,
    language,
    components = [],
  } = sent as {
    name: string
    language: { code: string }
    components?: readonly { type: string; parameters: readonly Parameter[] }[]
  }
  const found = templates.find((each) => each['name'] === name && each['language'] === language.code)
  if (found === undefined || found['status'] !== 'APPROVED') {
    return { status: 404, code: 132001, message: 'Template name does not exist in the translation' }
  }
  const lines: string[] = []
  for (const part of found['components'] as readonly Json[]) {
    const type = String(part['type']).toLowerCase()
    if (type === 'buttons' || typeof part['text'] !== 'string') continue
    const given = components.find((each) => each.type === type)?.parameters ?? []
    const line = fill(part['text'], given)
    if (line === null) {
      return {
        status: 400,
        code: 132000,
        message: 'Number of parameters does not match the expected number of params',
      }
    }
    lines.push(line)
  }
  return { text: lines.join('\n\n') }
}

interface Parameter {
  readonly text: string
  readonly parameter_name?: string
}

/** Null where the blanks and what was given for them do not match. */
function fill(words: string, given: readonly Parameter[]): string | null {
  const blanks = [...new Set([...words.matchAll(/\{\{([^{}]+)\}\}/g)].map(([, name = '']) => name))]
  if (blanks.length !== given.length) return null
  let line = words
  for (const name of blanks) {
    const value = /^\d+$/.test(name)
      ? given[Number(name) - 1]
      : given.find((each) => each.parameter_name === name)
    if (value === undefined || value.text === '' || /[\n\t]| {5}/.test(value.text)) return null
    line = line.replaceAll(`{{${name}}}`, () => value.text)
  }
  return line
}
