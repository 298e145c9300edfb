// Finds code that stands twice: runs of lines that are the same but for spacing, in two places of the
// product. Imports, closing brackets and blank lines carry no meaning and do not count.

export interface SourceText {
  readonly path: string
  readonly text: string
}

export interface Duplicate {
  readonly first: { readonly path: string; readonly line: number }
  readonly second: { readonly path: string; readonly line: number }
  readonly lines: number
}

interface Line {
  readonly path: string
  readonly number: number
  readonly words: string
}

/** Pairs of runs of at least `least` meaningful lines, longest first; each line is reported in one pair only. */
export function findDuplicates(sources: readonly SourceText[], least: number): readonly Duplicate[] {
  const files = sources.map(meaningfulLines)
  const seen = new Map<string, { readonly file: number; readonly at: number }>()
  const found: Duplicate[] = []
  files.forEach((lines, file) => {
    for (let at = 0; at + least <= lines.length; at += 1) {
      const key = windowKey(lines, at, least)
      const earlier = seen.get(key)
      if (earlier === undefined) {
        seen.set(key, { file, at })
        continue
      }
      const other = files[earlier.file] ?? []
      const length = runLength(other, earlier.at, lines, at)
      const duplicate = pair(other[earlier.at], lines[at], length)
      if (duplicate !== undefined) found.push(duplicate)
      at += length - 1
    }
  })
  return found.sort((a, b) => b.lines - a.lines)
}

function meaningfulLines(source: SourceText): readonly Line[] {
  return source.text
    .split('\n')
    .map((text, index) => ({
      path: source.path,
      number: index + 1,
      words: text.trim().replaceAll(/\s+/g, ' '),
    }))
    .filter(({ words }) => /\w/.test(words) && !/^(import|export \{|\/\/|\/?\*|\} from)/.test(words))
}

function windowKey(lines: readonly Line[], at: number, least: number): string {
  return lines
    .slice(at, at + least)
    .map((line) => line.words)
    .join('\n')
}

function runLength(a: readonly Line[], atA: number, b: readonly Line[], atB: number): number {
  const isOneFile = a === b
  const most = isOneFile ? atB - atA : Number.POSITIVE_INFINITY
  let length = 0
  while (length < most) {
    const left = a[atA + length]?.words
    if (left === undefined || left !== b[atB + length]?.words) break
    length += 1
  }
  return Math.max(length, 1)
}

function pair(first: Line | undefined, second: Line | undefined, lines: number): Duplicate | undefined {
  if (first === undefined || second === undefined) return undefined
  return {
    first: { path: first.path, line: first.number },
    second: { path: second.path, line: second.number },
    lines,
  }
}
