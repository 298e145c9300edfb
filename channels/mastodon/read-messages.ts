// Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream): lines of
// `field: value`, an empty line ends a message, a line that begins with a colon is a sign of life.

export interface Message {
  readonly event: string
  readonly data: string
}

const longest = 2 * 1024 * 1024

/** Null for a sign of life. Throws where a message has no end. */
export async function* readMessages(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Message | null> {
  let event = 'message'
  let data: string[] = []
  for await (const line of readLines(bytes)) {
    if (line.startsWith(':')) yield null
    else if (line.startsWith('event:')) event = line.slice(6).trim()
    else if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
    if (line !== '') continue
    if (data.length > 0) yield { event, data: data.join('\n') }
    event = 'message'
    data = []
  }
}

async function* readLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let waiting = ''
  for await (const chunk of bytes) {
    const lines = (waiting + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/)
    waiting = lines.pop() ?? ''
    if (waiting.length > longest) throw new Error('a message without an end')
    yield* lines
  }
}
