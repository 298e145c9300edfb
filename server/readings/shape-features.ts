/** What word lists, emoji and the shape of the writing tell, as a short row of numbers from 0 to about 3. */
import { bitOf, GROUPS } from './lexicon.ts'
import type { Hit, Scan } from './scan-text.ts'
import type { Token } from './split-words.ts'
import type { EmojiMood } from './words/emoji.ts'

export const FEELING_GROUPS = ['great', 'good', 'bad', 'awful', 'trouble', 'mended', 'thanks'] as const
const TOPIC = ['asks', 'requests', 'wishes', 'buying', 'urgent', 'promotion'] as const
const MOODS: readonly EmojiMood[] = [
  'glad',
  'laughing',
  'loving',
  'thanking',
  'angry',
  'sad',
  'doubting',
  'calling',
]
const SHAPES = [
  'question mark',
  'exclamation marks',
  'dots',
  'capitals',
  'drawn-out letters',
  'links',
  'tags',
  'handles',
  'handle first',
  'figures',
  'length',
  'short',
  'quotation',
  'ends with question',
  'no listed word',
  'good and bad',
  'praise with trouble',
  'other language',
] as const

export const SHAPE_NAMES: readonly string[] = [
  ...FEELING_GROUPS.map((group) => `${group} words`),
  ...FEELING_GROUPS.map((group) => `negated ${group} words`),
  ...FEELING_GROUPS.map((group) => `${group} words after a turn`),
  ...TOPIC.map((group) => `${group} words`),
  ...MOODS.map((mood) => `${mood} emoji`),
  ...SHAPES,
]

/** One number for each of `SHAPE_NAMES`. */
export function shapeFeatures(scan: Scan, text: string, isOwnLanguage: boolean): Float32Array {
  const row = new Float32Array(SHAPE_NAMES.length)
  let at = 0
  const plain = FEELING_GROUPS.map((group) => countHits(scan.hits, group, (hit) => !hit.negated))
  for (const count of plain) row[at++] = damped(count)
  for (const group of FEELING_GROUPS) row[at++] = damped(countHits(scan.hits, group, (hit) => hit.negated))
  for (const group of FEELING_GROUPS)
    row[at++] = damped(countHits(scan.hits, group, (hit) => hit.afterTurn && !hit.negated))
  for (const group of TOPIC) row[at++] = damped(countHits(scan.hits, group, () => true))
  for (const mood of MOODS) row[at++] = damped(scan.moods.filter((one) => one === mood).length)
  const kinds = countKinds(scan.tokens)
  const [great = 0, good = 0, bad = 0, awful = 0, trouble = 0] = plain
  const happy = great + good
  const unhappy = bad + awful + trouble
  const shapes = [
    scan.tokens.some(isQuestionMark) ? 1 : 0,
    damped(count(text, '!')),
    scan.tokens.some((token) => token.text.startsWith('..') || token.text === '…') ? 1 : 0,
    capitals(scan.tokens),
    /([a-z])\1\1/i.test(text) ? 1 : 0,
    damped(kinds.link),
    damped(kinds.tag),
    damped(kinds.handle),
    scan.tokens[0]?.kind === 'handle' ? 1 : 0,
    damped(kinds.number),
    Math.log1p(kinds.word) / 3,
    kinds.word <= 5 ? 1 : 0,
    /["“”«»]/.test(text) ? 1 : 0,
    endsWithQuestion(scan.tokens) ? 1 : 0,
    happy + unhappy === 0 ? 1 : 0,
    happy > 0 && unhappy > 0 ? 1 : 0,
    great > 0 && trouble > 0 ? 1 : 0,
    isOwnLanguage ? 0 : 1,
  ]
  for (const shape of shapes) row[at++] = shape
  return row
}

function damped(value: number): number {
  return Math.log1p(value)
}

function countHits(
  hits: readonly Hit[],
  group: (typeof GROUPS)[number],
  isMeant: (hit: Hit) => boolean,
): number {
  const bit = bitOf(group)
  let found = 0
  for (const hit of hits) if (hit.groups & bit && isMeant(hit)) found++
  return found
}

function countKinds(tokens: readonly Token[]): Record<Token['kind'], number> {
  const kinds = { word: 0, tag: 0, handle: 0, link: 0, number: 0, emoji: 0, stop: 0, pause: 0 }
  for (const token of tokens) kinds[token.kind]++
  return kinds
}

function count(text: string, sign: string): number {
  return text.split(sign).length - 1
}

/** Share of words written in capitals throughout. */
function capitals(tokens: readonly Token[]): number {
  const words = tokens.filter((token) => token.kind === 'word' && token.raw.length > 2)
  if (words.length === 0) return 0
  const shouted = words.filter(
    (token) => token.raw === token.raw.toUpperCase() && token.raw !== token.raw.toLowerCase(),
  )
  return shouted.length / words.length
}

export function isQuestionMark(token: Token): boolean {
  return token.kind === 'stop' && /[?¿？]/.test(token.text)
}

function endsWithQuestion(tokens: readonly Token[]): boolean {
  const last = tokens.findLast(
    (token) =>
      token.kind !== 'link' && token.kind !== 'handle' && token.kind !== 'tag' && token.kind !== 'emoji',
  )
  return last !== undefined && isQuestionMark(last)
}
