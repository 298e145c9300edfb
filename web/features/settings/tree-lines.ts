export interface TreeLine {
  readonly depth: number
  /** The name of a question, branch or act. */
  readonly head: string
  /** When it holds, or what follows. */
  readonly rest: string
  /** Nothing hangs below it: what is done. */
  readonly isLeaf: boolean
}

/** The tree in sentences, one node a line, indented by two blanks or a tab for each step down. */
export function readTreeLines(text: string): readonly TreeLine[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const depths = lines.map(depthOf)
  return lines.map((line, index) => ({
    depth: depths[index] ?? 0,
    ...split(line.trim()),
    isLeaf: (depths[index + 1] ?? 0) <= (depths[index] ?? 0),
  }))
}

/** "Danger, if the text …" and "Answer: Help (…)" are a name and its explanation; a question is a name alone. */
function split(line: string): { readonly head: string; readonly rest: string } {
  const at = /, if |: /.exec(line)?.index ?? line.length
  return { head: line.slice(0, at), rest: line.slice(at) }
}

function depthOf(line: string): number {
  const indent = /^[\t ]*/.exec(line)?.[0] ?? ''
  return Math.floor(indent.replaceAll('\t', '  ').length / 2)
}
