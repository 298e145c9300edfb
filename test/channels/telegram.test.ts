import { telegram } from '../../channels/telegram/telegram.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HookRequest, Plug } from '../../channels/channel.ts'
import { command, eventually, heard, type Context } from '../../channels/conformance/check.ts'
import { onlyTheNetworkPushes } from '../../channels/conformance/checks-hooks.ts'
import { conformance, openContext } from '../../channels/conformance/kit.ts'
import { missingPackages } from '../peers/install.ts'
import { openTelegramBackend, type TelegramBackend } from '../peers/twins/telegram/backend.ts'

const missing = missingPackages('twins')
const secretHeader = 'x-telegram-bot-api-secret-token'

conformance('telegram', { plug: telegram, openBackend: openTelegramBackend }, { missing })

describe.skipIf(missing !== null)('Telegram', () => {
  let backend: TelegramBackend
  let context: Context
  beforeAll(async () => {
    backend = await openTelegramBackend()
    context = await openContext(backend)
  })
  afterAll(async () => {
    await context.listener.stop()
    await backend.close()
  })

  test('what is said in a closed group only its members see, in a public one everybody', async () => {
    const closed = await heard(context, backend.sayIn(backend.group('Neighbours'), 'Nina', 'Hello group'))
    expect(closed.engagement).toMatchObject({ visibility: 'followers', kind: 'Note', subject: 'Neighbours' })
    const open = await heard(context, backend.sayIn(backend.group('Town', 'townhall'), 'Nils', 'Hello town'))
    expect(open.engagement.visibility).toBe('public')
  })

  test('an answer in a group stands in the group below what it answers', async () => {
    const group = backend.group('Buyers')
    const said = backend.sayIn(group, 'Berta', 'Who knows the price?')
    const target = context.core.targetOf(await heard(context, said))
    const acted = await context.core.channel.act(command('reply', target, 'Four francs.'), 'group-answer')
    expect(acted.result).toBe('done')
    expect(backend.network.messages.at(-1)).toMatchObject({ chat: { id: group.id }, text: 'Four francs.' })
    expect(`${group.id}:${backend.network.messages.at(-1)?.replyTo}`).toBe(said.externalId)
  })

  test('topics of a forum are threads of their own', async () => {
    const forum = backend.group('Forum', 'forum')
    const one = backend.sayIn(forum, 'Ida', 'About prices', { message_thread_id: 11, is_topic_message: true })
    const two = backend.sayIn(forum, 'Ida', 'About colours', {
      message_thread_id: 12,
      is_topic_message: true,
    })
    const threads = [await heard(context, one), await heard(context, two)]
    expect(new Set(threads.map(({ engagement }) => engagement.threadExternalId)).size).toBe(2)
  })

  test('the twenty-first message in a minute to a group is told to wait', async () => {
    const said = backend.sayIn(backend.group('Crowd'), 'Carl', 'Speak')
    const target = context.core.targetOf(await heard(context, said))
    const results = []
    for (let index = 0; index < 21; index += 1) {
      await backend.wait?.(50)
      results.push(
        await context.core.channel.act(command('reply', target, `word ${index}`), `crowd-${index}`),
      )
    }
    expect(results.slice(0, 20).every(({ result }) => result === 'done')).toBe(true)
    expect(results[20]).toMatchObject({ result: 'refused', error: 'rate' })
  })

  test('who blocks the bot has said that we may not write', async () => {
    const customer = await backend.newCustomer('Bruno')
    const said = await customer.say('Stop it')
    const { engagement } = await heard(context, said)
    await customer.block?.()
    const consent = await eventually(context, 'no consent came', () =>
      context.core.consents.find(({ address }) => address === engagement.author.externalId),
    )
    expect(consent.mayWrite).toBe(false)
  })

  test('a second program with the same token is named', async () => {
    const second = new AbortController()
    const other = context.core.channel.stream?.(context.core.cursor, second.signal)[Symbol.asyncIterator]()
    const asked = other?.next()
    const conflict = await eventually(context, 'no conflict', () =>
      context.core.failures.find(({ code }) => code === 'duplicate'),
    )
    expect(conflict.message).toContain('Another program')
    second.abort()
    await asked?.catch(() => undefined)
  })

  test('the kit finds a channel that believes every push', async () => {
    const good = await openTelegramBackend()
    const believing: Plug = {
      manifest: good.plug.manifest,
      open(...given) {
        const channel = good.plug.open(...given)
        let seen = ''
        if (channel === null) return null
        const receive = (request: HookRequest) => {
          seen ||= request.headers[secretHeader] ?? ''
          return channel.receive!({ ...request, headers: { ...request.headers, [secretHeader]: seen } })
        }
        return { ...channel, receive }
      },
    }
    const believed = await openContext({ ...good, plug: believing })
    await expect(onlyTheNetworkPushes(believed)).rejects.toThrow('accepted a push with a wrong secret')
    await believed.listener.stop()
    await good.close()
  })

  test('long words go before a picture, short ones below it', async () => {
    const customer = await backend.newCustomer('Petra')
    const target = context.core.targetOf(await heard(context, await customer.say('Send me the plan')))
    const media = [
      { name: 'plan.pdf', mediaType: 'application/pdf', alt: '', bytes: Buffer.from('%PDF-1.4') },
    ]
    const short = await context.core.channel.act(command('reply', target, 'Here', { media }), 'short')
    const long = await context.core.channel.act(
      command('reply', target, 'x'.repeat(1_025), { media }),
      'long',
    )
    expect(short).not.toHaveProperty('otherIds')
    expect(long).toMatchObject({ result: 'done', otherIds: [expect.any(String)] })
  })
})
