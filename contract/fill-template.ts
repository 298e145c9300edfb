import type { FilledTemplate, MessageTemplate } from './message-template.ts'

export interface Filled {
  /** As the person sees it: header, body and footer, a paragraph each. */
  readonly text: string
  /** Blanks that have no value yet. */
  readonly missing: readonly string[]
  /** One for each blank of the template, in its order, in a single line each. */
  readonly values: FilledTemplate['values']
}

/** Puts values in place of the blanks; a blank without a value stays as it is. */
export function fillTemplate(template: MessageTemplate, given: FilledTemplate['values']): Filled {
  const values = template.blanks.map(({ where: place, name }) => {
    const found = given.find((item) => item.where === place && item.name === name)
    return { where: place, name, value: (found?.value ?? '').replaceAll(/\s+/g, ' ').trim() }
  })
  const missing = values.filter(({ value }) => value === '').map(({ name }) => name)
  const filled = (place: 'header' | 'body', words: string): string =>
    words.replaceAll(/\{\{\s*([^{}]+?)\s*\}\}/g, (blank, name: string) => {
      const value = values.find((item) => item.where === place && item.name === name)?.value ?? ''
      return value === '' ? blank : value
    })
  const parts = [filled('header', template.header), filled('body', template.body), template.footer]
  return { text: parts.filter((part) => part !== '').join('\n\n'), missing, values }
}
