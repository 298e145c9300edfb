import { expect, test } from 'vitest'
import { bitOf } from './lexicon.ts'
import { scanText } from './scan-text.ts'
import { splitWords } from './split-words.ts'
import { lexiconFor } from './words/all-languages.ts'
import type { WordGroup } from './words/word-list.ts'

function hits(text: string, group: WordGroup, language = 'en'): readonly string[] {
  const scan = scanText(splitWords(text), lexiconFor(language))
  return scan.hits
    .filter((hit) => hit.groups & bitOf(group))
    .map((hit) => (hit.negated ? `not ${hit.text}` : hit.text))
}

test('the longest phrase counts, once', () => {
  expect(hits('I was still waiting on hold', 'trouble')).toEqual(['still waiting', 'on hold'])
})

test('a negator reaches the words after it, up to the next stop', () => {
  expect(hits('not a good idea. good grief', 'good')).toEqual(['not good', 'good'])
})

test('accents and endings do not matter', () => {
  expect(hits('PESIMA atención', 'awful', 'es')).toEqual(['pesima'])
  expect(hits('Verspätung', 'trouble', 'de')).toEqual(['verspatung'])
})

test('a word behind an elision is found', () => {
  expect(hits("quelle horreur, l'attente", 'trouble', 'fr')).toEqual(["l'attente"])
})

test('words after a turn are marked', () => {
  const scan = scanText(splitWords('lovely hotel but dirty room'), lexiconFor('en'))
  expect(scan.hits.filter((hit) => hit.afterTurn).map((hit) => hit.text)).toEqual(['dirty'])
})

test('a language without lists is read with the English ones', () => {
  expect(hits('thanks', 'thanks', 'sv')).toEqual(['thanks'])
})
