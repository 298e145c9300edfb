import { existsSync, readFileSync } from 'node:fs'
import { eld } from 'eld/extrasmall'
import { describe, expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'
import { detectLanguage } from './detect-language.ts'
import { splitWords } from './split-words.ts'

const SENTENCES = new URL('../../../shared/data/langid_lingua/sentences.jsonl', import.meta.url)
const isThere = existsSync(SENTENCES)
if (!isThere)
  process.stderr.write('SKIPPED: the language test needs ../shared/data/langid_lingua, which is not here\n')

function languageOf(text: string, hint?: string): string {
  return detectLanguage(splitWords(cleanText(text)), hint).language
}

test.each([
  ['en', 'the driver left my parcel with a neighbour that I do not know'],
  ['en', 'My router keeps losing its connection'],
  ['es', '¿Dónde está mi pedido? Llevo tres semanas esperando'],
  ['fr', "Bonjour, je n'ai toujours pas reçu mon colis"],
  ['de', 'Seit heute Morgen geht bei uns das Internet nicht mehr'],
  ['it', 'Non riesco ad accedere al mio conto da ieri sera'],
  ['pt', 'Ainda não recebi o reembolso da minha viagem'],
  ['nl', 'Mijn pakket is nog steeds niet aangekomen'],
  ['ja', '注文した商品がまだ届きません'],
  ['ar', 'لم تصل الشحنة حتى الآن وأريد استرداد أموالي'],
])('%s is told from: %s', (language, text) => {
  expect(languageOf(text)).toBe(language)
})

test('links, handles, tags and figures do not count as words', () => {
  expect(languageOf('@acme_support #helpme https://example.com/das-ist-deutsch 12345')).toBe('und')
})

test('under three words the language of the thread or account is taken, or none', () => {
  expect(languageOf('Danke schön')).toBe('und')
  expect(languageOf('Danke schön', 'de')).toBe('de')
  expect(languageOf('')).toBe('und')
})

describe.skipIf(!isThere)('on 300 sentences of each language that eld knows', () => {
  test('at least 94 of 100 are told right', () => {
    const known = new Set(Object.values(eld.info().Languages))
    const rows = readFileSync(SENTENCES, 'utf8')
      .trim()
      .split('\n')
      .filter((_, i) => i % 3 === 0)
      .map((line) => JSON.parse(line) as { lang: string; text: string })
      .filter((row) => known.has(row.lang))
    const right = rows.filter((row) => languageOf(row.text) === row.lang).length
    expect(rows.length).toBeGreaterThan(5000)
    expect(right / rows.length).toBeGreaterThanOrEqual(0.94)
  })
})
