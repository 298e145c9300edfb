import { expect, test } from 'vitest'
import { fillTemplate } from './fill-template.ts'
import type { MessageTemplate } from './message-template.ts'

const template: MessageTemplate = {
  name: 'order_ready',
  language: 'en',
  header: 'Order {{1}}',
  body: 'Hi {{1}}, your {{ 2 }} is ready. {{2}}!',
  footer: 'Acme',
  buttons: [],
  blanks: [
    { where: 'header', name: '1', example: '7' },
    { where: 'body', name: '1', example: 'Jo' },
    { where: 'body', name: '2', example: 'lamp' },
  ],
  cost: null,
  cannot: null,
}

test('a template is shown as the person will see it, each blank by its own place and name', () => {
  const filled = fillTemplate(template, [
    { where: 'body', name: '2', value: ' a\nlamp ' },
    { where: 'header', name: '1', value: '7' },
    { where: 'body', name: '1', value: 'Tilda {{2}} $&' },
  ])
  expect(filled.text).toBe('Order 7\n\nHi Tilda {{2}} $&, your a lamp is ready. a lamp!\n\nAcme')
  expect(filled.missing).toEqual([])
  expect(filled.values.map(({ value }) => value)).toEqual(['7', 'Tilda {{2}} $&', 'a lamp'])
})

test('a blank without a value stays to be seen, and is named', () => {
  const filled = fillTemplate(template, [{ where: 'body', name: '1', value: '  ' }])
  expect(filled.missing).toEqual(['1', '1', '2'])
  expect(filled.text).toContain('Hi {{1}}')
})
