import { whatsapp } from '../../channels/whatsapp/whatsapp.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command, eventually, heard, type Context } from '../../channels/conformance/check.ts'
import { conformance, openContext } from '../../channels/conformance/kit.ts'
import { fillTemplate } from '../../contract/fill-template.ts'
import { missingPackages } from '../peers/install.ts'
import { openWhatsappBackend, type WhatsappBackend } from '../peers/twins/whatsapp/backend.ts'
import { missingContract } from '../peers/twins/whatsapp/contract.ts'
import { secrets, signed } from '../peers/twins/whatsapp/network.ts'

const missing = missingPackages('twins')
const day = 24 * 3_600_000

conformance('whatsapp', { plug: whatsapp, openBackend: openWhatsappBackend }, { missing })

describe.skipIf(missing !== null)('WhatsApp', () => {
  let backend: WhatsappBackend
  let context: Context
  beforeAll(async () => {
    backend = await openWhatsappBackend()
    context = await openContext(backend)
  })
  afterAll(async () => {
    await context.listener.stop()
    await backend.close()
  })

  async function heardLongAgo() {
    const customer = await backend.newCustomer('Tilda')
    const kept = await heard(context, await customer.say('Hello'))
    const target = context.core.targetOf(kept)
    await backend.wait?.(day + 60_000)
    return { customer, target }
  }

  test('after a day only an approved template may go, and it goes', async () => {
    const { customer, target } = await heardLongAgo()
    const { channel } = context.core
    expect(channel.canAct(target, backend.ports.clock.now())).toMatchObject({ can: false, only: 'template' })
    const plain = await channel.act(command('reply', target, 'Are you still there?'), 'late-plain')
    expect(plain).toMatchObject({ result: 'refused', error: 'window.closed' })
    const values = [{ where: 'body', name: '1', value: 'Tilda' }] as const
    const template = { name: 'reach_out', language: 'en', values: [...values] }
    const order = command('reply', target, '', { template })
    expect(await channel.act(order, 'late-template')).toMatchObject({ result: 'done' })
    expect((await customer.inbox()).map(({ text }) => text)).toEqual([
      'Hello Tilda, may we write to you again?',
    ])
  })

  test('lists every approved template, page by page, with its blanks, its price and what it lacks', async () => {
    const listed = (await context.core.channel.templates?.()) ?? []
    expect(listed.map(({ name }) => name)).toEqual(['order_ready', 'reach_out', 'summer_sale'])
    const [order, out, sale] = listed
    expect(order).toMatchObject({
      header: 'Order {{1}}',
      footer: 'Acme care',
      blanks: [
        { where: 'header', name: '1', example: '4711' },
        { where: 'body', name: 'customer', example: 'Jo' },
        { where: 'body', name: 'item', example: 'lamp' },
      ],
      cannot: null,
    })
    expect(out).toMatchObject({ buttons: ['Yes, please'], cost: expect.stringContaining('utility') })
    expect(sale?.cannot).toContain('image')
  })

  test('a template with named blanks and a head arrives as it was previewed', async () => {
    const { customer, target } = await heardLongAgo()
    const listed = (await context.core.channel.templates?.()) ?? []
    const order = listed.find(({ name }) => name === 'order_ready')
    if (order === undefined) throw new Error('no such template')
    const { text, values } = fillTemplate(order, [
      { where: 'header', name: '1', value: '99' },
      { where: 'body', name: 'item', value: 'chair' },
      { where: 'body', name: 'customer', value: 'Tilda' },
    ])
    const template = { name: order.name, language: order.language, values }
    const acted = await context.core.channel.act(command('reply', target, text, { template }), 'named')
    expect(acted).toMatchObject({ result: 'done' })
    expect((await customer.inbox()).map((seen) => seen.text)).toEqual([text])
  })

  test('a template that nobody approved is refused in words', async () => {
    const { target } = await heardLongAgo()
    const template = { name: 'unheard_of', language: 'en', values: [] }
    const acted = await context.core.channel.act(command('reply', target, '', { template }), 'bad-template')
    expect(acted).toMatchObject({ result: 'refused', error: 'content.rejected' })
  })

  test('what Meta takes and cannot deliver comes back as failed, with its reason', async () => {
    const { target } = await heardLongAgo()
    const { lastHeardAt: _, ...unknownSince } = target
    const acted = await context.core.channel.act(command('reply', unknownSince, 'Too late'), 'too-late')
    expect(acted).toMatchObject({ result: 'done' })
    const networkId = acted.result === 'done' ? acted.networkId : ''
    const receipt = await eventually(context, 'no receipt', () =>
      context.core.receipts.find((each) => each.networkId === networkId && each.state === 'failed'),
    )
    expect(receipt.detail).toContain('only an approved template')
  })

  test('the eleventh message in a minute to one person is told to wait six seconds', async () => {
    const customer = await backend.newCustomer('Pairs')
    const target = context.core.targetOf(await heard(context, await customer.say('Hello')))
    const results = []
    for (let index = 0; index < 11; index += 1) {
      results.push(await context.core.channel.act(command('reply', target, `word ${index}`), `pair-${index}`))
    }
    expect(results.slice(0, 10).every(({ result }) => result === 'done')).toBe(true)
    expect(results[10]).toMatchObject({ result: 'refused', error: 'rate', retryAfterMs: 6_000 })
  })

  test('while the app secret is changed both secrets count, and no third one', async () => {
    const customer = await backend.newCustomer('Rota')
    await heard(context, await customer.say('Hello'))
    const push = context.listener.lastPush
    const body = Buffer.from(push?.body ?? '')
    const { plug, ports, settings, link } = backend
    const changed = { ...link, secrets: { ...secrets, appSecret: 'new', oldAppSecret: secrets.appSecret } }
    const channel = plug.open(ports, settings, changed)
    expect(await channel?.receive?.(signed(body, secrets.appSecret))).toMatchObject({ result: 'accept' })
    expect(await channel?.receive?.(signed(body, 'new'))).toMatchObject({ result: 'accept' })
    expect(await channel?.receive?.(signed(body, 'third'))).toMatchObject({ result: 'reject', status: 401 })
    const done = plug.open(ports, settings, { ...link, secrets: { ...secrets, appSecret: 'new' } })
    expect(await done?.receive?.(signed(body, secrets.appSecret))).toMatchObject({ result: 'reject' })
  })

  test('a hook that answers the challenge of a stranger is not ours', async () => {
    const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'guessed', 'hub.challenge': '42' }
    const request = { method: 'GET', query, headers: {}, body: Buffer.alloc(0) }
    expect(await context.core.channel.receive?.(request)).toMatchObject({ result: 'reject', status: 403 })
  })

  test('pushes of another number of the same account are not ours', async () => {
    const value = {
      metadata: { display_phone_number: '1', phone_number_id: 'another' },
      messages: [{ from: '41790000000', id: 'wamid.x', timestamp: '1', type: 'text', text: { body: 'x' } }],
    }
    const body = Buffer.from(
      JSON.stringify({ object: 'x', entry: [{ id: '1', changes: [{ value, field: 'messages' }] }] }),
    )
    const received = await context.core.channel.receive?.(signed(body, secrets.appSecret))
    expect(received).toMatchObject({ result: 'accept', events: [] })
  })

  test.skipIf(missingContract !== null)("Meta's own contract judges what is said", () => {
    expect(
      backend.contract.judge('send request', { messaging_product: 'whatsapp', to: '4179' }),
    ).not.toBeNull()
    expect(backend.contract.judge('webhook request', { entry: 7 })).not.toBeNull()
    expect(backend.contract.broken.splice(0)).toHaveLength(2)
  })
})
