import type { WordGroup, WordList } from './words/word-list.ts'

/** The word lists of one language, ready to look up. Groups are bits of one number. */
export interface Lexicon {
  readonly entries: ReadonlyMap<string, number>
  readonly prefixes: ReadonlyMap<string, number>
  /** First three letters of a prefix -> length of the longest prefix that begins so. */
  readonly prefixLengths: ReadonlyMap<string, number>
  /** First word of each phrase -> number of words of the longest phrase that begins so. */
  readonly phraseLengths: ReadonlyMap<string, number>
}

const GROUPS = [
  'great',
  'good',
  'bad',
  'awful',
  'trouble',
  'mended',
  'thanks',
  'negators',
  'turns',
  'asks',
  'requests',
  'wishes',
  'buying',
  'urgent',
  'promotion',
  'lures',
] as const satisfies readonly WordGroup[]

const SHORTEST_PREFIX = 3
const ACCENTED = /[^\u0000-\u007f]/

/** The bit of a group. */
export function bitOf(group: WordGroup): number {
  return 1 << GROUPS.indexOf(group)
}

/** Lower-case text without accents: `Überlänge` -> `uberlange`, `straße` -> `strasse`. */
export function withoutAccents(text: string): string {
  if (!ACCENTED.test(text)) return text
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss')
}

export function compileLexicon(list: WordList): Lexicon {
  const entries = new Map<string, number>()
  const prefixes = new Map<string, number>()
  const prefixLengths = new Map<string, number>()
  const phraseLengths = new Map<string, number>()
  for (const group of GROUPS) {
    for (const written of list[group].split(',')) {
      const entry = withoutAccents(written.trim().replace(/\s+/g, ' ').toLowerCase())
      if (entry) addEntry({ entries, prefixes, prefixLengths, phraseLengths }, entry, bitOf(group))
    }
  }
  return { entries, prefixes, prefixLengths, phraseLengths }
}

interface GrowingLexicon {
  readonly entries: Map<string, number>
  readonly prefixes: Map<string, number>
  readonly prefixLengths: Map<string, number>
  readonly phraseLengths: Map<string, number>
}

function addEntry(lexicon: GrowingLexicon, entry: string, bit: number): void {
  const open = entry.endsWith('*')
  const key = open ? entry.slice(0, -1) : entry
  const target = open ? lexicon.prefixes : lexicon.entries
  target.set(key, (target.get(key) ?? 0) | bit)
  if (open) raise(lexicon.prefixLengths, key.slice(0, SHORTEST_PREFIX), key.length)
  const words = key.split(' ')
  const [first] = words
  if (first === undefined || words.length === 1) return
  raise(lexicon.phraseLengths, first, words.length)
}

function raise(lengths: Map<string, number>, key: string, length: number): void {
  lengths.set(key, Math.max(lengths.get(key) ?? 0, length))
}

/** Groups of a word or phrase, as bits; 0 where it is in none. The longest entry that fits counts. */
export function groupsOf(lexicon: Lexicon, text: string): number {
  const exact = lexicon.entries.get(text)
  if (exact !== undefined) return exact
  if (lexicon.prefixes.size === 0) return 0
  const longest = lexicon.prefixLengths.get(text.slice(0, SHORTEST_PREFIX)) ?? 0
  for (let length = Math.min(longest, text.length); length >= SHORTEST_PREFIX; length--) {
    const found = lexicon.prefixes.get(text.slice(0, length))
    if (found !== undefined) return found
  }
  return 0
}
