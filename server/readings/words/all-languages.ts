import { compileLexicon } from '../lexicon.ts'
import type { Lexicon } from '../lexicon.ts'
import { dutch } from './dutch.ts'
import { english } from './english.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import { italian } from './italian.ts'
import { portuguese } from './portuguese.ts'
import { spanish } from './spanish.ts'

const englishLexicon = compileLexicon(english)
const lexicons: ReadonlyMap<string, Lexicon> = new Map([
  ['en', englishLexicon],
  ['es', compileLexicon(spanish)],
  ['fr', compileLexicon(french)],
  ['de', compileLexicon(german)],
  ['it', compileLexicon(italian)],
  ['pt', compileLexicon(portuguese)],
  ['nl', compileLexicon(dutch)],
])

/** The word lists for a language; English where we have none, since English words travel. */
export function lexiconFor(language: string): Lexicon {
  return lexicons.get(language) ?? englishLexicon
}
