export interface Line {
  /** From 1. */
  readonly number: number
  /** Without its line break; undefined where the line was longer than `LONGEST_LINE`. */
  readonly text: string | undefined
}

/** In UTF-16 code units; what is longer is passed over without being kept. */
const LONGEST_LINE = 32 * 1024 * 1024

/** Lines of a stream of UTF-8; bytes that are not become replacement characters. */
export async function* splitLines(input: AsyncIterable<Uint8Array | string>): AsyncGenerator<Line> {
  const decoder = new TextDecoder()
  let number = 0
  let parts: string[] = []
  let length = 0
  for await (const chunk of input) {
    const pieces = textOf(chunk, decoder).split('\n')
    for (const [i, piece] of pieces.entries()) {
      length += piece.length
      if (length <= LONGEST_LINE) parts.push(piece)
      else parts = []
      if (i === pieces.length - 1) continue
      yield { number: ++number, text: lineOf(parts, length) }
      parts = []
      length = 0
    }
  }
  const rest = decoder.decode()
  if (length + rest.length > 0)
    yield { number: number + 1, text: lineOf([...parts, rest], length + rest.length) }
}

/** Letters that were cut between chunks are held back by the decoder; a text chunk ends them. */
function textOf(chunk: Uint8Array | string, decoder: TextDecoder): string {
  return typeof chunk === 'string' ? decoder.decode() + chunk : decoder.decode(chunk, { stream: true })
}

function lineOf(parts: readonly string[], length: number): string | undefined {
  return length > LONGEST_LINE ? undefined : parts.join('')
}
