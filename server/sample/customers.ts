import type { EngagementInput } from '../../contract/engagement.ts'
import type { Random } from '../../lib/random.ts'
import type { SampleChannel, SampleLanguage } from './scripts/script.ts'

export type Voice = 'plain' | 'lowercase' | 'typos' | 'emoji' | 'loud'

export interface Customer {
  readonly name: string
  readonly language: SampleLanguage
  readonly voice: Voice
  /** Where this person talks; most have one place. */
  readonly channels: readonly SampleChannel[]
  readonly isBetaRider: boolean
  readonly number: number
  /** The shop knows this person: number and address are vouched for wherever they write. */
  readonly isKnown: boolean
}

const FIRST: Readonly<Record<SampleLanguage, string>> = {
  en:
    'Nora Amir Ellie Tom Grace Callum Zadie Owen Isla Marcus Ruth Dev Poppy Hamish Aisha Ben Niamh George Lottie ' +
    'Sam Bronwen Kofi Martha Eoin Tilda Raj Joan Felix Ada Rory Maya Stan Edith Luca Wren Hugo Beth Idris',
  de: 'Anke Lukas Merle Torben Greta Ole Svenja Jannik Ulrike Malte Franzi Bjarne Heike Emil',
  fr: 'Camille Loïc Élise Bastien Maëlle Thibault Solène Yanis Odile Rémi',
  es: 'Lucía Iker Marta Álvaro Nerea Pablo Rocío Gonzalo Inés Jorge',
}
const LAST_BEGIN =
  'Birk Holl Wint Marl Ash Thorn Fenn Cald Pell Stav Rook Mell Harg Lind Quill Bram Tarl Oster Vell Dun'
const LAST_END = 'by ow ers wick mann more ley strand holt sey ett ard'

const CHANNELS: readonly (readonly [SampleChannel, number])[] = [
  ['twitter', 30],
  ['email', 20],
  ['web', 14],
  ['mastodon', 9],
  ['bluesky', 8],
  ['phone', 8],
  ['instagram', 7],
  ['reviews', 5],
]
const LANGUAGES = [
  ['en', 74],
  ['de', 12],
  ['fr', 7],
  ['es', 7],
] as const
const VOICES = [
  ['plain', 52],
  ['lowercase', 15],
  ['typos', 12],
  ['emoji', 13],
  ['loud', 8],
] as const
const MODEST = new Set<SampleChannel>(['reviews', 'instagram'])

export function makeCustomers(random: Random, count: number): Customer[] {
  const names = new Set<string>()
  return Array.from({ length: count }, (_, number) => {
    const language = random.weighted(LANGUAGES)
    const first = random.weighted(CHANNELS)
    const second = random.weighted(CHANNELS)
    const isTwofold = first !== second && !MODEST.has(first) && !MODEST.has(second) && random.chance(0.75)
    return {
      name: newName(random, language, names),
      language,
      voice: random.weighted(VOICES),
      channels: isTwofold ? [first, second] : [first],
      isBetaRider: language === 'en' && random.chance(0.05),
      number,
      isKnown: isTwofold || random.chance(0.3),
    }
  })
}

/** Nobody shares a name here, so that addresses made of names differ too. */
function newName(random: Random, language: SampleLanguage, names: Set<string>): string {
  const first = FIRST[language].split(' ')
  const [begin, end] = [LAST_BEGIN.split(' '), LAST_END.split(' ')]
  let name = ''
  while (name === '' || names.has(name)) {
    name = `${random.pick(first)} ${random.pick(begin)}${random.pick(end)}`
  }
  names.add(name)
  return name
}

/** Who this person is on a channel, as that channel would name them. */
export function authorOn(customer: Customer, channel: SampleChannel): EngagementInput['author'] {
  const plain = customer.name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z ]/g, '')
    .toLowerCase()
  const [first = '', last = ''] = plain.split(' ')
  const { name, number } = customer
  const mail = `${first}.${last}@mail.example`
  const vouched = customer.isKnown ? { verifiedEmail: mail, customerId: `C-${10_000 + number * 7}` } : {}
  switch (channel) {
    case 'email':
      return { externalId: mail, handle: mail, name, ...vouched, verifiedEmail: mail }
    case 'web':
      return { externalId: `visitor-${4000 + number * 3}`, name, ...vouched, verifiedEmail: mail }
    case 'phone': {
      // 07700 900000 to 900999 is set aside for fiction.
      const phone = `+44 7700 900${String(number % 1000).padStart(3, '0')}`
      return { externalId: phone, handle: phone, name, ...vouched }
    }
    case 'mastodon': {
      const user = `${first}_${last.slice(0, 4)}`
      return {
        externalId: `https://social.example/users/${user}${number}`,
        handle: `${user}${number}@social.example`,
        name,
        ...vouched,
      }
    }
    case 'bluesky':
      return {
        externalId: `did:example:${last}${number}`,
        handle: `${first}.${last}.example`,
        name,
        ...vouched,
      }
    case 'reviews':
      return {
        externalId: `reviewer-${number}`,
        name: `${name.split(' ')[0]} ${last.charAt(0).toUpperCase()}.`,
      }
    case 'twitter':
    case 'instagram':
      return {
        externalId: `${900_100 + number * 13}`,
        handle: handleOf(first, last, number),
        name,
        ...vouched,
      }
  }
}

function handleOf(first: string, last: string, number: number): string {
  const shapes = [
    `${first}_${last}`,
    `${first}${last}`,
    `${first}rides`,
    `${last}_${first.charAt(0)}`,
    `${first}.on.two`,
  ]
  return `${shapes[number % shapes.length] ?? first}${number % 4 === 0 ? number % 100 : ''}`.replaceAll(
    '.',
    '_',
  )
}
