const longest = 160

/** The first words of a text on one line, without the handles that a reply begins with. */
export function previewOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const words = line.replace(/^(?:@[\w.@-]+ )+(?=\S)/, '')
  if (words.length <= longest) return words
  const cut = words.slice(0, longest)
  const end = cut.lastIndexOf(' ')
  return `${(end > longest / 2 ? cut.slice(0, end) : cut).toWellFormed()}…`
}
