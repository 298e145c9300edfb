// Telephone numbers as E.164 writes them, by Google's metadata: +, country, number. What networks hand over may lack
// the plus, begin with 00, or be national.
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** Null where it is no number that can be dialled: a short code, a word as the sender, nothing. */
export function toE164(written: string, country: string): string | null {
  const text = written.trim()
  if (text.length > 40 || !/^[+\d(][\d\s().\-/]*$/.test(text)) return null
  const region = country.toUpperCase()
  const known = isSupportedCountry(region) ? region : undefined
  const found = candidates(text, known !== undefined).flatMap(
    (candidate) => parsePhoneNumberFromString(candidate, known) ?? [],
  )
  const best = found.find((number) => number.isValid()) ?? found.find((number) => number.isPossible())
  return best?.number ?? null
}

/** Centres mostly leave out the plus, so a long number is international before it is national. */
function candidates(text: string, hasCountry: boolean): readonly string[] {
  const digits = text.replace(/\D/g, '')
  // Shorter ones are codes of a country's own, which nobody else can dial.
  if (digits.length < 7) return []
  if (text.startsWith('+')) return [`+${digits}`]
  if (digits.startsWith('00')) return [`+${digits.slice(2)}`]
  const national = hasCountry ? [digits] : []
  if (digits.startsWith('0') || digits.length < 9) return national
  return [`+${digits}`, ...national]
}

export function isE164(text: string | null): text is string {
  return text !== null && /^\+[1-9]\d{6,14}$/.test(text)
}
