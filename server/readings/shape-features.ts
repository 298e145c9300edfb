/** What word lists, emoji and the shape of the writing tell, as a short row of numbers from 0 to about 3. */
import { bitOf } from './lexicon.ts'
import type { Scan } from './scan-text.ts'
import type { Token } from './split-words.ts'
import type { EmojiMood } from './words/emoji.ts'

/** Groups of words that tell a feeling: counted plain, negated, and after a "but". */
export const FEELING_GROUPS = ['great', 'good', 'bad', 'awful', 'trouble', 'mended', 'thanks'] as const
const TOPIC_GROUPS = ['asks', 'requests', 'wishes', 'buying', 'urgent', 'promotion'] as const
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
] as const

export const SHAPE_NAMES: readonly string[] = [
  ...FEELING_GROUPS.map((group) => `${group} words`),
  ...FEELING_GROUPS.map((group) => `negated ${group} words`),
  ...FEELING_GROUPS.map((group) => `${group} words after a turn`),
  ...TOPIC_GROUPS.map((group) => `${group} words`),
  ...MOODS.map((mood) => `${mood} emoji`),
  ...SHAPES,
]

const FEELING_BITS = FEELING_GROUPS.map(bitOf)
const TOPIC_BITS = TOPIC_GROUPS.map(bitOf)
const NEGATED_AT = FEELING_GROUPS.length
const TURNED_AT = NEGATED_AT + FEELING_GROUPS.length
const TOPIC_AT = TURNED_AT + FEELING_GROUPS.length
const MOOD_AT = TOPIC_AT + TOPIC_GROUPS.length
const SHAPE_AT = MOOD_AT + MOODS.length
const SHORT = 5

/** One number for each of `SHAPE_NAMES`. */
export function shapeFeatures(scan: Scan, text: string): Float32Array {
  const row = new Float32Array(SHAPE_NAMES.length)
  countWords(scan, row)
  for (const mood of scan.moods) add(row, MOOD_AT + MOODS.indexOf(mood))
  const [great = 0, good = 0, bad = 0, awful = 0, trouble = 0] = row
  const happy = great + good
  const unhappy = bad + awful + trouble
  for (let i = 0; i < SHAPE_AT; i++) row[i] = damped(row[i] ?? 0)
  const kinds = countKinds(scan.tokens)
  const shapes = [
    scan.tokens.some(isQuestionMark) ? 1 : 0,
    damped(kinds.exclamations),
    kinds.dots > 0 ? 1 : 0,
    kinds.long === 0 ? 0 : kinds.shouted / kinds.long,
    /([a-z])\1\1/i.test(text) ? 1 : 0,
    damped(kinds.link),
    damped(kinds.tag),
    damped(kinds.handle),
    scan.tokens[0]?.kind === 'handle' ? 1 : 0,
    damped(kinds.number),
    damped(kinds.word) / 3,
    kinds.word <= SHORT ? 1 : 0,
    /["“”«»]/.test(text) ? 1 : 0,
    endsWithQuestion(scan.tokens) ? 1 : 0,
    happy + unhappy === 0 ? 1 : 0,
    happy > 0 && unhappy > 0 ? 1 : 0,
    great > 0 && trouble > 0 ? 1 : 0,
  ]
  row.set(shapes, SHAPE_AT)
  return row
}

function damped(value: number): number {
  return Math.log1p(value)
}

function add(row: Float32Array, at: number): void {
  row[at] = (row[at] ?? 0) + 1
}

function countWords(scan: Scan, row: Float32Array): void {
  for (const hit of scan.hits) {
    for (let i = 0; i < FEELING_BITS.length; i++) {
      if (!(hit.groups & (FEELING_BITS[i] ?? 0))) continue
      add(row, hit.negated ? NEGATED_AT + i : i)
      if (hit.afterTurn && !hit.negated) add(row, TURNED_AT + i)
    }
    for (let i = 0; i < TOPIC_BITS.length; i++) if (hit.groups & (TOPIC_BITS[i] ?? 0)) add(row, TOPIC_AT + i)
  }
}

interface KindCounts {
  word: number
  tag: number
  handle: number
  link: number
  number: number
  emoji: number
  stop: number
  pause: number
  exclamations: number
  dots: number
  /** Words of three letters and more, and how many of them are in capitals throughout. */
  long: number
  shouted: number
}

function countKinds(tokens: readonly Token[]): KindCounts {
  const counts: KindCounts = {
    word: 0,
    tag: 0,
    handle: 0,
    link: 0,
    number: 0,
    emoji: 0,
    stop: 0,
    pause: 0,
    exclamations: 0,
    dots: 0,
    long: 0,
    shouted: 0,
  }
  for (const token of tokens) {
    counts[token.kind]++
    if (token.kind === 'stop') countStop(token.text, counts)
    if (token.kind !== 'word' || token.raw.length < 3) continue
    counts.long++
    if (token.raw === token.raw.toUpperCase() && token.raw !== token.raw.toLowerCase()) counts.shouted++
  }
  return counts
}

function countStop(stop: string, counts: KindCounts): void {
  if (stop.startsWith('..') || stop === '…') counts.dots++
  for (const sign of stop) if (sign === '!') counts.exclamations++
}

export function isQuestionMark(token: Token): boolean {
  return token.kind === 'stop' && /[?¿？]/.test(token.text)
}

function endsWithQuestion(tokens: readonly Token[]): boolean {
  const last = tokens.findLast(
    (token) => token.kind === 'word' || token.kind === 'number' || token.kind === 'stop',
  )
  return last !== undefined && isQuestionMark(last)
}
