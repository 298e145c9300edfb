const CHUNK = 256 * 1024

/**
 * Chunks of about 256 KiB, whatever the size of those that come in: a record that is not complete is read
 * again with the next chunk, so tiny chunks would make long records quadratic.
 */
export async function* coalesceChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let gathered: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    if (chunk.length === 0) continue
    gathered.push(chunk)
    size += chunk.length
    if (size < CHUNK) continue
    yield* slices(concat(gathered, size))
    gathered = []
    size = 0
  }
  if (size > 0) yield* slices(concat(gathered, size))
}

function* slices(chunk: Uint8Array): Generator<Uint8Array> {
  if (chunk.length <= CHUNK * 2) return yield chunk
  for (let at = 0; at < chunk.length; at += CHUNK) yield chunk.subarray(at, at + CHUNK)
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [first] = chunks
  if (chunks.length === 1 && first) return first
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
