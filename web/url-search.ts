/** Search of an address where each value is text; what is empty is left out. */
export type TextSearch = Readonly<Record<string, string | undefined>>

/** Keeps texts of an address and drops everything else. Validate single words where they are used. */
export function readTextSearch(search: Record<string, unknown>): TextSearch {
  const kept: Record<string, string> = {}
  for (const [key, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') kept[key] = value
  }
  return kept
}

/** The word if it is one of those that are known, else the fallback. */
export function oneOf<Word extends string>(
  known: readonly Word[],
  word: string | undefined,
  fallback: Word,
): Word {
  return known.find((candidate) => candidate === word) ?? fallback
}
