import { EngagementInput } from '../../../contract/engagement.ts'
import { checkInput } from './check-input.ts'
import type { Format, FormatItem, FormatOptions, Notice } from './format.ts'
import type { FindOurs } from './own-handles.ts'
import { createFindOurs } from './own-handles.ts'
import { isObject, parseJsonObject } from './parse-json.ts'
import type { RawRecord } from './raw-record.ts'
import { placeOf, refuse } from './raw-record.ts'
import { readSplit } from './read-split.ts'
import { createLineSplitter } from './split-lines.ts'

export const ndjson: Format = {
  id: 'ndjson',
  title: 'NDJSON of engagements',
  description: 'One engagement a line, as the API takes it.',
  extensions: ['.ndjson', '.jsonl'],
  read: readNdjson,
  readContext: () => undefined,
}

function readNdjson(bytes: AsyncIterable<Uint8Array>, options: FormatOptions): AsyncGenerator<FormatItem> {
  const findOurs = createFindOurs(options.ownHandles)
  return readSplit(bytes, options, createLineSplitter, (record) => convert(record, options, findOurs))
}

function convert(record: RawRecord, options: FormatOptions, findOurs: FindOurs): FormatItem {
  const parsed = parseJsonObject(record)
  if ('reason' in parsed) return refuse(record, parsed.reason)
  const checked = checkInput(withDefaults(parsed.object, options, findOurs), options.now)
  if ('reason' in checked) return refuse(record, checked.reason)
  const notices = [...unknownFields(parsed.object), ...(checked.notices ?? [])]
  const item = { ...placeOf(record), input: checked.input }
  return notices.length === 0 ? item : { ...item, notices }
}

/** Null counts as absent, as databases write it. */
function withDefaults(
  object: Readonly<Record<string, unknown>>,
  options: FormatOptions,
  findOurs: FindOurs,
): Record<string, unknown> {
  const given = dropNulls(object)
  if (isObject(given['author'])) given['author'] = dropNulls(given['author'])
  if (options.channel !== undefined) given['channel'] ??= options.channel
  given['source'] ??= options.source
  given['direction'] ??= directionOf(given['author'], options, findOurs)
  return given
}

function dropNulls(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
}

function directionOf(author: unknown, options: FormatOptions, findOurs: FindOurs): string | undefined {
  if (!options.ownHandles?.length || !isObject(author)) return undefined
  const names = [author['externalId'], author['handle']].filter((name) => typeof name === 'string')
  return findOurs(names) === undefined ? 'in' : 'out'
}

const KNOWN = new Set(Object.keys(EngagementInput.shape))
const MOST_NOTICES = 5

function unknownFields(object: Readonly<Record<string, unknown>>): Notice[] {
  const unknown = Object.keys(object).filter((key) => !KNOWN.has(key))
  if (unknown.length > MOST_NOTICES)
    return [{ message: 'Fields that are not known were left out.', count: 1 }]
  return unknown.map((key) => ({
    message: `The field "${key.slice(0, 60)}" is not known and was left out.`,
    count: 1,
  }))
}
