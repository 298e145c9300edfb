// The short name of a workspace in addresses: a-z, 0-9 and hyphens, 1 to 40 characters.

const longest = 40
const spelledOut: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  å: 'a',
  œ: 'oe',
  đ: 'd',
  ł: 'l',
  þ: 'th',
}

/** A slug that is not taken yet: `acme`, then `acme-2`, `acme-3` and so on. */
export function slugOfName(name: string, taken: ReadonlySet<string>): string {
  const stem = slugStem(name)
  if (!taken.has(stem)) return stem
  for (let number = 2; ; number += 1) {
    const ending = `-${number}`
    const slug = `${stem.slice(0, longest - ending.length)}${ending}`
    if (!taken.has(slug)) return slug
  }
}

export function slugStem(name: string): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[ßæøåœđłþ]/g, (letter) => spelledOut[letter] ?? letter)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longest)
    .replaceAll(/-+$/g, '')
  return plain === '' ? 'workspace' : plain
}
