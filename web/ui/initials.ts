/** Two letters that stand for a name: of the first and the last word. */
export function initialsOf(name: string): string {
  const parts = name
    .trim()
    .split(/[\s._-]+/)
    .filter((part) => /[\p{L}\p{N}]/u.test(part))
  const first = firstLetter(parts[0])
  const last = parts.length > 1 ? firstLetter(parts.at(-1)) : ''
  return `${first}${last}` || '?'
}

function firstLetter(part: string | undefined): string {
  return /[\p{L}\p{N}]/u.exec(part ?? '')?.[0].toLocaleUpperCase() ?? ''
}
