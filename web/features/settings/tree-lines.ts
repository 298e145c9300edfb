export interface TreeLine {
  readonly depth: number
  readonly text: string
  /** Nothing hangs below it: what is done. */
  readonly isLeaf: boolean
}

/** The tree in sentences, one node a line, indented by two blanks or a tab for each step down. */
export function readTreeLines(text: string): readonly TreeLine[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const depths = lines.map(depthOf)
  return lines.map((line, index) => ({
    depth: depths[index] ?? 0,
    text: line.trim(),
    isLeaf: (depths[index + 1] ?? 0) <= (depths[index] ?? 0),
  }))
}

function depthOf(line: string): number {
  const indent = /^[\t ]*/.exec(line)?.[0] ?? ''
  return Math.floor(indent.replaceAll('\t', '  ').length / 2)
}
