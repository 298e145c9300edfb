/** `{{name}}`, `{name}`, `[Name]`, `<NAME>`, `%NAME%`, `___` and `XXX`: places left to be filled. */
const shapes: readonly RegExp[] = [
  /\{\{[^{}\n]{1,40}\}\}/gu,
  /(?<!\{)\{[\p{L}][\p{L}\p{N} _.-]{0,39}\}(?!\})/gu,
  /\[(?:your |the |customer'?s? |insert )?(?:name|first ?name|last ?name|order(?: ?number)?|date|link|agent|company|product|phone|e-?mail|number|insert[^\]\n]{0,30})\]/giu,
  /<(?:[A-Z][A-Z_ -]{1,30})>/gu,
  /%[A-Z_]{2,30}%/gu,
  /_{3,}/gu,
  /\bX{3,}\b/gu,
]

/** Places in an answer that were never filled, in the order they stand, each once. */
export function findPlaceholders(text: string): string[] {
  const found: { readonly at: number; readonly word: string }[] = []
  for (const shape of shapes) {
    for (const match of text.matchAll(shape)) found.push({ at: match.index, word: match[0] })
  }
  found.sort((a, b) => a.at - b.at)
  return [...new Set(found.map((item) => item.word))]
}
