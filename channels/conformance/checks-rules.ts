// Does the channel know the network's rules: lengths, windows, who may be written to?
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import type { Preview, Target } from '../acting.ts'
import {
  act,
  command,
  describe,
  eventually,
  meet,
  seen,
  unless,
  wait,
  words,
  type Check,
  type Context,
} from './check.ts'

const pieces = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...'abcdefghij ÄÖüßéñ.,!?-'.split('')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\n', '€', '[', '{', '~', '漢', 'Ж', 'é', 'ế', '\u00a0', '#tag', '@name'),
  },
  { weight: 1, arbitrary: fc.constantFrom('👍', '👩‍👩‍👧', '🇨🇭', '❤️', '👍🏽', '𝒳', 'https://example.org/a?b=c') },
)

type Count = (text: string) => number

/** Texts of all lengths as the channel counts them, half of them within three of the limit, where it is near. */
function texts(max: number | null, count: Count): fc.Arbitrary<string> {
  const near = max !== null && max <= 5_000 ? max : null
  const length = near === null ? fc.integer({ min: 1, max: 600 }) : lengths(near)
  return fc
    .tuple(fc.array(pieces, { minLength: 1, maxLength: 60 }), length)
    .map(([parts, wanted]) => toLength(`T${parts.join('').trim()}`, wanted, count))
}

function lengths(max: number): fc.Arbitrary<number> {
  return fc.oneof(fc.integer({ min: 1, max }), fc.integer({ min: max - 3, max: max + 3 }))
}

/** The same words over and over, then plain letters up to the length that is wanted. */
function toLength(words: string, wanted: number, count: Count): string {
  const each = Math.max(1, count(`${words} ${words}`) - count(words))
  const first = `${words} `.repeat(Math.max(1, Math.floor(wanted / each) - 1)).trimEnd()
  return first + 'x'.repeat(Math.max(1, wanted - count(first)))
}

function fits({ length, max, parts }: Preview): boolean {
  return max === null || length <= max || (parts?.length ?? 0) > 1
}

/** What the preview says fits is taken, what it says does not is not sent; and the network itself agrees. */
export async function previewAgrees(context: Context): Promise<void> {
  const { backend, core, settings } = context
  const { max } = backend.plug.manifest.text
  const { kept } = await meet(context, 'Tess Text')
  const count: Count = (text) => core.channel.preview(text).length
  const agrees = fc.asyncProperty(texts(max, count), async (text) => {
    const preview = core.channel.preview(text)
    const target = { ...core.targetOf(kept), lastHeardAt: backend.ports.clock.now() }
    const acted = await act(context, command('reply', target, text))
    const wanted = fits(preview) ? 'done' : 'refused'
    // The same words twice in one place: some networks say so, and it has nothing to do with their length.
    if (acted.result === 'refused' && acted.error === 'duplicate') return
    assert.equal(acted.result, wanted, `${preview.length} of ${preview.max}: ${describe(acted)}`)
    if (acted.result === 'refused') assert.equal(acted.error, 'content.rejected', describe(acted))
    if (!fits(preview)) assert(preview.warnings.length > 0, 'too long, and no word of it')
    if (backend.accepts === undefined || (preview.parts?.length ?? 0) > 1) return
    assert.equal(
      await backend.accepts(text),
      fits(preview),
      `the network thinks otherwise of ${preview.length}`,
    )
  })
  await fc.assert(agrees, {
    numRuns: settings.texts,
    seed: settings.seed,
    endOnFailure: true,
    includeErrorInReport: true,
  })
}

/** Where the channel splits a text, nothing of it is lost between the parts. */
function splitsWhole({ core, backend }: Context): void {
  const { max } = backend.plug.manifest.text
  const words = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ')
  for (const text of ['short', words]) {
    const { parts, length } = core.channel.preview(text)
    assert(length > 0)
    if (parts === undefined || (max !== null && length > max && parts.length === 1)) continue
    assert.equal(parts.join('').replaceAll(/\s+/g, ''), text.replaceAll(/\s+/g, ''), 'parts lose words')
  }
}

async function agreesToAct(context: Context, target: Target, what: string): Promise<void> {
  const { core, backend } = context
  const now = backend.ports.clock.now()
  const allowed = core.channel.canAct(target, now, 'reply')
  const acted = await act(context, command('reply', target, words(what)))
  if (allowed.can) {
    assert.equal(acted.result, 'done', `${what}: may be answered, and ${describe(acted)}`)
    return
  }
  assert(allowed.reason.length > 5, `${what}: no reason is given`)
  assert.equal(acted.result, 'refused', `${what}: may not be answered, and ${describe(acted)}`)
  assert(acted.result === 'refused')
  assert.match(acted.error, /^(target|window|scope|content)\./, `${what}: ${describe(acted)}`)
}

/** Where we may act the network lets us, now and later; where we may not we do not. */
async function windowsHold(context: Context): Promise<void> {
  const { core, backend } = context
  const { kept } = await meet(context, 'Wanda Window')
  const target = core.targetOf(kept)
  const first = core.channel.canAct(target, backend.ports.clock.now(), 'reply')
  assert(first.can, 'a customer who just wrote to us cannot be answered')
  await agreesToAct(context, target, 'just now')
  if (backend.wait === undefined) return
  if (first.until != null) {
    await backend.wait(first.until - backend.ports.clock.now() - 60_000)
    await agreesToAct(context, target, 'a minute before the window closes')
  }
  for (const hours of [25, 7 * 24]) {
    await backend.wait(hours * 3_600_000)
    await agreesToAct(context, target, `${hours} hours later`)
  }
}

async function refusesWhomItMayNot(context: Context): Promise<void> {
  const { core, backend } = context
  const { customer, kept } = await meet(context, 'Rolf Refused')
  const target = core.targetOf(kept)
  const now = backend.ports.clock.now()
  const nobody = { ...target, address: null, parentExternalId: null }
  for (const [what, wrong] of [
    ['nobody is known', nobody],
    ['they said no', { ...target, isOptedOut: true }],
  ] as const) {
    assert.equal(core.channel.canAct(wrong, now, 'reply').can, false, `${what}, and we may write`)
    const text = words(what)
    const acted = await act(context, command('reply', wrong, text))
    assert.equal(acted.result, 'refused', `${what}: ${describe(acted)}`)
    assert.deepEqual(await seen(customer, text), [])
  }
}

/** Somebody blocks us, or takes back what we answer: we are told so, and nothing breaks. */
async function takesNoForAnAnswer(context: Context): Promise<void> {
  const { core } = context
  const away = await meet(context, 'Gil Gone')
  if (away.customer.remove !== undefined) {
    await away.customer.remove(away.said)
    const acted = await act(context, command('reply', core.targetOf(away.kept), words('To what is gone')))
    if (acted.result === 'refused') assert.match(acted.error, /^target\./, describe(acted))
  }
  const angry = await meet(context, 'Anna Angry')
  if (angry.customer.block !== undefined) {
    await angry.customer.block()
    const text = words('To one who blocked us')
    const acted = await act(context, command('reply', core.targetOf(angry.kept), text))
    if (acted.result === 'refused') assert.match(acted.error, /^target\./, describe(acted))
    await sleep(context.settings.settleMs)
    assert.deepEqual(await seen(angry.customer, text), [], 'who blocked us hears us')
  }
  const other = await meet(context, 'Oda Other')
  const text = words('To somebody else')
  assert.equal((await act(context, command('reply', core.targetOf(other.kept), text))).result, 'done')
  await eventually(
    context,
    'others hear us no more',
    async () => (await seen(other.customer, text)).length === 1,
  )
  await wait(context, 0)
}

export const ruleChecks: readonly Check[] = [
  {
    name: 'text',
    title: 'the preview of random texts agrees with what the network takes',
    without: unless('reply'),
    run: previewAgrees,
  },
  {
    name: 'split',
    title: 'no word is lost where a text is split',
    without: unless('reply'),
    run: async (context) => splitsWhole(context),
  },
  {
    name: 'windows',
    title: 'where we may answer the network lets us',
    without: unless('reply'),
    run: windowsHold,
  },
  {
    name: 'opt-out',
    title: 'nobody is written to who is not known or does not want it',
    without: unless('reply'),
    run: refusesWhomItMayNot,
  },
  {
    name: 'blocked',
    title: 'who blocks us or takes words back stops nobody else',
    without: unless('reply'),
    run: takesNoForAnAnswer,
  },
]
