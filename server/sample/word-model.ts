// Short texts for load: frames of word classes filled by Zipf's law (frequency ~ 1/rank) from a vocabulary of
// common words and of names made of syllables. They mean little, but search, language and sentiment find the
// same work in them as in real ones.

import type { Random } from '../../lib/random.ts'
import { createRandom } from '../../lib/random.ts'

type WordClass =
  | 'subject'
  | 'verb'
  | 'determiner'
  | 'adjective'
  | 'noun'
  | 'link'
  | 'adverb'
  | 'name'
  | 'place'

const COMMON: Readonly<Record<WordClass, string>> = {
  subject: 'i we you they it my this that everyone nobody someone your our the-team',
  verb:
    'need want love hate like get try use order buy return cancel wait ask call see find lose break charge pay ' +
    'miss send receive open close start stop fix replace repair check change keep hear know think hope wish ' +
    'recommend expect book rent ride clean install update reset connect lock unlock carry deliver refund track ' +
    'test compare forget remember read write sell park mount adjust tighten squeak rattle leak stall fail help',
  determiner: 'the a my your this that another any every no some our one',
  adjective:
    'new old good great bad terrible awful amazing perfect broken slow fast late early wrong right cheap ' +
    'expensive friendly rude helpful useless lovely annoying loud quiet light heavy red blue green black white ' +
    'big small empty full wet dry safe dangerous easy hard simple complicated happy angry sad disappointed ' +
    'excited worried grateful tired second first last missing faulty free lost final honest clear dirty',
  noun:
    'order delivery parcel refund invoice account password battery charger display bike wheel tyre brake chain ' +
    'saddle light lock key app update service support answer message mail phone call hour day week month price ' +
    'offer discount store shop rental appointment repair warranty part box basket handlebar motor cable screen ' +
    'website page button form payment card bank address street city courier driver neighbour door colleague ' +
    'manager friend family kid child weekend morning evening winter summer rain problem question idea reason ' +
    'experience quality size colour model version review test ride trip tour hill road lane school office',
  link: 'and but because so when if since until while although or then',
  adverb:
    'again still never always today yesterday now soon already really quickly slowly finally twice please ' +
    'honestly sadly luckily immediately tomorrow often only maybe online here there together alone',
  name: '',
  place: 'in on at with without from for about near after before under',
}

const FRAMES: readonly (readonly WordClass[])[] = [
  ['subject', 'verb', 'determiner', 'adjective', 'noun'],
  ['subject', 'verb', 'determiner', 'noun', 'adverb'],
  ['subject', 'verb', 'determiner', 'noun', 'place', 'determiner', 'name', 'noun'],
  ['determiner', 'name', 'noun', 'verb', 'adverb'],
  ['link', 'determiner', 'noun', 'verb', 'place', 'name'],
  ['adverb', 'subject', 'verb', 'determiner', 'adjective', 'name', 'noun'],
  ['link', 'subject', 'adverb', 'verb', 'determiner', 'noun'],
]

const ONSETS = 'b c d f g h j k l m n p r s t v w br cl dr fl gr kr pl st tr sh th'.split(' ')
const VOWELS = 'a e i o u ai ea io ou'.split(' ')
const CODAS = ['', '', 'n', 'r', 'l', 's', 'x', 'm', 'nd', 'rk', 'st']

const TABLE_BITS = 14
const TABLE_SIZE = 2 ** TABLE_BITS

export interface WordModel {
  readonly vocabularySize: number
  /** A text of `words` words or a few more, with a question mark at times. */
  readonly text: (random: Random, words: number) => string
}

/** A model with `names` made words beside some 400 common ones. */
export function createWordModel(seed: number, names: number): WordModel {
  const tables = new Map<WordClass, readonly string[]>()
  let vocabularySize = 0
  for (const wordClass of Object.keys(COMMON) as WordClass[]) {
    const words = wordClass === 'name' ? makeNames(seed, names) : COMMON[wordClass].split(' ')
    vocabularySize += words.length
    tables.set(wordClass, zipfTable(words))
  }
  const frames = FRAMES.map((frame) => frame.map((wordClass) => tables.get(wordClass) ?? []))
  return { vocabularySize, text: (random, words) => makeText(frames, random, words) }
}

function makeText(
  frames: readonly (readonly (readonly string[])[])[],
  random: Random,
  words: number,
): string {
  let text = ''
  let left = words
  while (left > 0) {
    const frame = frames[random.below(frames.length)] ?? []
    for (const table of frame) text += `${text === '' ? '' : ' '}${table[random.below(TABLE_SIZE)]}`
    left -= frame.length
    if (left > 0 && (left & 3) === 0) text += ','
  }
  const end = random.below(8)
  if (end === 0) return `${text}?`
  return end === 1 ? `${text}!` : text
}

function makeNames(seed: number, count: number): string[] {
  const random = createRandom(seed)
  const names = new Set<string>()
  while (names.size < count) {
    let name = ''
    for (let syllables = random.between(2, 3); syllables > 0; syllables--) {
      name += random.pick(ONSETS) + random.pick(VOWELS) + random.pick(CODAS)
    }
    names.add(name)
  }
  return [...names]
}

/** Each word as often as its rank asks for, at least once, so that one draw picks by weight. */
function zipfTable(words: readonly string[]): string[] {
  const harmonic = words.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0)
  const table: string[] = []
  const spare = TABLE_SIZE - words.length
  for (const [rank, word] of words.entries()) {
    const times = 1 + Math.floor(spare / (harmonic * (rank + 1)))
    for (let time = 0; time < times; time++) table.push(word)
  }
  const [first = ''] = words
  while (table.length < TABLE_SIZE) table.push(first)
  return table
}
