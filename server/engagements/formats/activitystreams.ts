// ActivityStreams 2.0 (https://www.w3.org/TR/activitystreams-core/): one activity a line, or a collection such
// as outbox.json of a Mastodon archive, or a bare list. A collection is cut into its items as it streams by.

import { z } from 'zod'
import { activityToInput } from './activity-to-input.ts'
import { checkInput } from './check-input.ts'
import type { Format, FormatItem, FormatOptions } from './format.ts'
import { HEAD_BYTES } from './format.ts'
import { createFindOurs } from './own-handles.ts'
import { parseJsonObject } from './parse-json.ts'
import type { RawRecord, Splitter } from './raw-record.ts'
import { placeOf, refuse } from './raw-record.ts'
import { readSplit } from './read-split.ts'
import { markLength } from './refuse-file.ts'
import { createItemSplitter, findItems } from './split-json-items.ts'
import { createLineSplitter } from './split-lines.ts'
import type { SplitStart } from './split-records.ts'
import { countNewlines } from './split-records.ts'

const Head = z.object({
  shape: z.enum(['lines', 'collection']),
  /** An outbox holds what its owner said. */
  isOutbox: z.boolean(),
  /** Where the items begin, counted behind a byte order mark. */
  itemsAt: z.number(),
})
type Head = z.infer<typeof Head>

export const activitystreams: Format = {
  id: 'activitystreams',
  title: 'ActivityStreams',
  description: 'Activities one a line, or an outbox as in the archive of a Mastodon account.',
  extensions: ['.json', '.jsonl', '.ndjson'],
  read: readActivities,
  readContext: (firstBytes) => readHead(firstBytes.subarray(markLength(firstBytes))),
}

function readHead(body: Uint8Array): Head | undefined {
  const head = body.subarray(0, HEAD_BYTES)
  const itemsAt = findItems(head)
  if (itemsAt >= 0) {
    const before = new TextDecoder().decode(head.subarray(0, itemsAt))
    const isOutbox = /"id"\s*:\s*"[^"]*\boutbox(?:\.json|[/?][^"]*)?"/.test(before)
    return { shape: 'collection', isOutbox, itemsAt }
  }
  const text = new TextDecoder().decode(head).trimStart()
  if (/^\{\s*\n/.test(text)) return undefined
  return { shape: 'lines', isOutbox: false, itemsAt: 0 }
}

function readActivities(
  bytes: AsyncIterable<Uint8Array>,
  options: FormatOptions,
): AsyncGenerator<FormatItem> {
  let head = options.startByte ? Head.parse(options.context) : undefined
  const findOurs = createFindOurs(options.ownHandles)
  const choose = (start: SplitStart, body: Uint8Array | undefined): Splitter | string => {
    if (body) head = readHead(body)
    if (!head)
      return 'The file is a JSON document, but no collection of activities (no "orderedItems" or "items").'
    if (head.shape === 'lines') return createLineSplitter(start)
    if (!body) return createItemSplitter(start)
    return behind(body, head.itemsAt, start)
  }
  const convert = (record: RawRecord): FormatItem => {
    const parsed = parseJsonObject(record)
    if ('reason' in parsed) return refuse(record, parsed.reason)
    const isOwn = head?.isOutbox === true && !options.ownHandles?.length
    const converted = activityToInput(parsed.object, { findOurs, isOwn, ...options })
    if ('reason' in converted) return refuse(record, converted.reason)
    const checked = checkInput(converted.candidate, options.now)
    if ('reason' in checked) return refuse(record, checked.reason)
    const notices = [...converted.notices, ...(checked.notices ?? [])]
    const item = { ...placeOf(record), input: checked.input }
    return notices.length === 0 ? item : { ...item, notices }
  }
  return readSplit(bytes, options, choose, convert)
}

/** A splitter of items that passes over the head of the collection in the first chunk. */
function behind(body: Uint8Array, itemsAt: number, start: SplitStart): Splitter {
  const lines = countNewlines(body, 0, itemsAt)
  const splitter = createItemSplitter({ byte: start.byte + itemsAt, line: start.line + lines })
  let isFirst = true
  return {
    push: (chunk) => {
      const items = isFirst ? chunk.subarray(itemsAt) : chunk
      isFirst = false
      return splitter.push(items)
    },
    end: splitter.end,
  }
}
