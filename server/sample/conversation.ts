import type { EngagementInput } from '../../contract/engagement.ts'
import type { Random } from '../../lib/random.ts'
import { applyVoice } from './apply-voice.ts'
import type { SampleMember, SamplePresence } from './company-facts.ts'
import type { Customer } from './customers.ts'
import { authorOn } from './customers.ts'
import type { Slots } from './fill-text.ts'
import { fillParts } from './fill-text.ts'
import { phrases } from './scripts/phrases.ts'
import type { Matter, Mood, Part, SampleFunction, Script } from './scripts/script.ts'
import { shapeMail } from './shape-mail.ts'
import { afterOpenMinutes, answerMinutes, isOpen } from './working-time.ts'

/** Everything that one conversation is played from. */
export interface Scene {
  readonly random: Random
  readonly script: Script
  readonly matter: Matter
  readonly opening: string
  readonly customer: Customer
  /** Somebody who may join in publicly. */
  readonly bystander: Customer
  readonly presence: SamplePresence
  readonly member: SampleMember
  readonly slots: Slots
  readonly start: number
  /** Hours since the faulty update went out, when this is about it. */
  readonly incidentHours: number | undefined
  readonly nextId: () => string
}

interface Play {
  readonly scene: Scene
  readonly subject: string | undefined
  readonly thread: EngagementInput[]
  at: number
  /** Hours that the customer last waited for us. */
  waited: number
}

/** Open minutes in which half of the first answers are given, and the share of turns answered at all. */
const MEDIAN: Readonly<Record<SampleFunction, number>> = {
  service: 34,
  community: 55,
  sales: 80,
  marketing: 170,
  pr: 60,
  product: 560,
}
const SHARE: Readonly<Record<SampleFunction, number>> = {
  service: 0.97,
  community: 0.88,
  sales: 0.95,
  marketing: 0.8,
  pr: 0.97,
  product: 0.74,
}
const PUBLIC = new Set(['twitter', 'bluesky', 'mastodon', 'instagram'])
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** Plays a script from the first words to the last, our answers included. */
export function playConversation(scene: Scene): EngagementInput[] {
  const { random, script, matter, slots } = scene
  const subject = matter[2] === undefined ? undefined : fillParts([[matter[2]]], slots, random)
  const play: Play = { scene, subject, thread: [], at: scene.start, waited: 0 }
  customerSays(play, scene.opening, script.mood)
  if (matter[1] === '') return play.thread
  const isAnswered = random.chance(answerChance(play))
  joinIn(play, isAnswered ? 0.07 : 0.18)
  if (!isAnswered && !nudge(play)) return play.thread
  weSay(play, [script.lead, [matter[1]], script.tail])
  if (goOn(play)) lastWords(play)
  return play.thread
}

function answerChance({ scene, at }: Play): number {
  const { presence, script, incidentHours } = scene
  const atNight = isOpen(at, script.function) ? 1 : 0.87
  if (incidentHours !== undefined) return Math.min(0.85, 0.14 + incidentHours / 140) * atNight * presence.care
  const owed = script.mood === 'chat' ? 0.55 : 1
  return SHARE[script.function] * presence.care * atNight * owed
}

/** Others say that they have the same trouble, or the same wish. */
function joinIn(play: Play, probability: number): void {
  const { random, presence, script, bystander } = play.scene
  if (script.mood !== 'complaint' || !PUBLIC.has(presence.channel) || !random.chance(probability)) return
  if (bystander.language !== script.language) return
  const text = fillParts([phrases[script.language].sameHere], play.scene.slots, random)
  const at = play.at + random.between(4, 300) * MINUTE_MS
  play.thread.push(
    engagement(play, { text: applyVoice(text, bystander.voice, 'complaint', random), at, from: bystander }),
  )
}

/** The unanswered customer asks again, at times twice. True when that brought an answer. */
function nudge(play: Play): boolean {
  const { random, script, presence, incidentHours } = play.scene
  if (script.mood === 'chat' || script.mood === 'praise') return false
  const { nudge: first, angryNudge } = phrases[script.language]
  for (let time = 0; time < 2; time++) {
    if (!random.chance(0.42)) return false
    play.at = awake(play.at + random.between(20, 60) * HOUR_MS)
    const slots = {
      ...play.scene.slots,
      days: `${Math.floor((play.at - play.scene.start) / (24 * HOUR_MS)) + 1}`,
    }
    const isAngry = time > 0 || script.mood === 'complaint'
    customerSays(
      play,
      fillParts([isAngry ? angryNudge : first], slots, random),
      isAngry ? 'complaint' : script.mood,
    )
    if (random.chance((incidentHours === undefined ? 0.45 : 0.28) * presence.care)) return true
  }
  return false
}

/** Question and answer. False when we stopped answering. */
function goOn(play: Play): boolean {
  const { random, script, presence, slots, incidentHours } = play.scene
  const left = [...script.followUps]
  const most = incidentHours === undefined ? 2 : 4
  for (let turn = 0; turn < most && left.length > 0; turn++) {
    if (!random.chance(incidentHours === undefined ? 0.36 : 0.55)) break
    const [asked, answer] = left.splice(random.below(left.length), 1)[0] ?? ['', '']
    pause(play, 70)
    customerSays(
      play,
      fillParts([[asked]], slots, random),
      script.mood === 'complaint' ? 'complaint' : 'question',
    )
    if (!random.chance(0.9 * Math.min(1, presence.care))) return false
    weSay(play, [[answer]])
  }
  return true
}

function lastWords(play: Play): void {
  const { random, script, slots } = play.scene
  if (!random.chance(0.5)) return
  const patience = Math.max(0.25, 0.88 - play.waited / 90 - (script.function === 'product' ? 0.1 : 0))
  const isHappy = script.sour.length === 0 || random.chance(patience)
  const words = isHappy ? script.happy : script.sour
  if (words.length === 0) return
  pause(play, 400)
  customerSays(play, fillParts([words], slots, random), isHappy ? 'praise' : 'complaint')
  const { welcome, amends } = phrases[script.language]
  if (random.chance((isHappy ? 0.58 : 0.7) * Math.min(1, play.scene.presence.care))) {
    weSay(play, [isHappy ? welcome : amends])
  }
}

/** The customer takes a while; nobody writes at night for long. */
function pause(play: Play, medianMinutes: number): void {
  play.at = awake(play.at + answerMinutes(play.scene.random, medianMinutes) * MINUTE_MS)
}

function awake(at: number): number {
  const hour = new Date(at).getUTCHours()
  return hour < 6 ? at + (7 - hour) * HOUR_MS : at
}

function customerSays(play: Play, text: string, mood: Mood): void {
  const { customer, random, presence } = play.scene
  const voice = presence.channel === 'phone' || presence.channel === 'email' ? 'plain' : customer.voice
  play.thread.push(
    engagement(play, { text: applyVoice(text, voice, mood, random), at: play.at, from: customer }),
  )
}

function weSay(play: Play, parts: readonly Part[]): void {
  const { random, presence, script, slots, incidentHours } = play.scene
  const asked = play.at
  play.at = presence.channel === 'phone' ? asked + random.between(2, 9) * MINUTE_MS : asked
  if (presence.channel !== 'phone' || script.function === 'product') {
    const slow = incidentHours === undefined ? 1 : Math.max(0.3, 1.4 - incidentHours / 48)
    const minutes = answerMinutes(random, MEDIAN[script.function] * slow)
    play.at = afterOpenMinutes(asked, minutes, script.function) + random.below(MINUTE_MS)
  }
  play.waited = (play.at - asked) / HOUR_MS
  play.thread.push(engagement(play, { text: fillParts(parts, slots, random), at: play.at, from: undefined }))
}

interface Words {
  readonly text: string
  readonly at: number
  /** The speaker outside; undefined when it is us. */
  readonly from: Customer | undefined
}

function engagement(play: Play, { text, at, from }: Words): EngagementInput {
  const { presence, member, script } = play.scene
  const { channel } = presence
  const parent = play.thread.findLast(({ author }) => author.name !== play.scene.bystander.name)
  const isMail = channel === 'email'
  const signed = from ? from.name : member.name
  const shaped = isMail
    ? shapeMail(text, { signed, isFirst: !parent, isOurs: !from, language: script.language })
    : text
  const prefix = !parent && from && script.mood !== 'chat' ? addressing(play) : ''
  return {
    type: 'Create',
    kind: kindOf(play, !parent),
    source: channel,
    externalId: play.scene.nextId(),
    channel,
    direction: from ? 'in' : 'out',
    author: from
      ? authorOn(from, channel)
      : { externalId: presence.handle, handle: presence.handle, name: member.name },
    presence: presence.handle,
    mentions: from && PUBLIC.has(channel) ? [presence.handle] : [],
    visibility: PUBLIC.has(channel) || channel === 'reviews' ? 'public' : 'direct',
    ...(parent ? { parentExternalId: parent.externalId } : {}),
    ...(play.subject !== undefined && (isMail || channel === 'reviews' || channel === 'web')
      ? { subject: parent ? `Re: ${play.subject}` : play.subject }
      : {}),
    text: prefix + shaped,
    language: script.language,
    media: [],
    publishedAt: new Date(at).toISOString(),
    automatic: false,
  }
}

function addressing({ scene }: Play): string {
  const { channel, handle } = scene.presence
  if (channel !== 'twitter' && channel !== 'bluesky' && channel !== 'mastodon') return ''
  return scene.random.chance(0.55) ? `@${handle} ` : ''
}

function kindOf({ scene }: Play, isFirst: boolean): EngagementInput['kind'] {
  switch (scene.presence.channel) {
    case 'email':
      return 'Message'
    case 'phone':
      return 'Call'
    case 'reviews':
      return isFirst ? 'Review' : 'Note'
    default:
      return 'Note'
  }
}
