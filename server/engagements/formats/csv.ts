import type { Checked } from './check-input.ts'
import { checkInput } from './check-input.ts'
import { refuseTime } from './check-time.ts'
import type { Format, FormatItem, FormatOptions } from './format.ts'
import { createFindOurs } from './own-handles.ts'
import { readTable, readTableHead } from './read-table.ts'
import { readTime } from './read-time.ts'

const REQUIRED = ['id', 'time', 'author', 'text']

/** Column to field of the contract; the first are needed, `direction` too unless our own handles are given. */
const FIELDS: Readonly<Record<string, string>> = {
  id: 'externalId',
  time: 'publishedAt',
  author: 'author.externalId',
  text: 'text',
  direction: 'direction',
  author_handle: 'author.handle',
  author_name: 'author.name',
  author_email: 'author.verifiedEmail',
  customer_id: 'author.customerId',
  presence: 'presence',
  source: 'source',
  channel: 'channel',
  parent: 'parentExternalId',
  thread: 'threadExternalId',
  subject: 'subject',
  language: 'language',
  visibility: 'visibility',
  kind: 'kind',
  type: 'type',
  mentions: 'mentions',
  media: 'media',
  updated_at: 'updatedAt',
  automatic: 'automatic',
}

export const csv: Format = {
  id: 'csv',
  title: 'CSV',
  description: 'A table with a header: id, time, direction, author, text, and more columns if you have them.',
  extensions: ['.csv', '.tsv', '.txt'],
  read: readCsv,
  readContext: readTableHead,
}

function readCsv(bytes: AsyncIterable<Uint8Array>, options: FormatOptions): AsyncGenerator<FormatItem> {
  const required = options.ownHandles?.length ? REQUIRED : [...REQUIRED, 'direction']
  return readTable(bytes, options, { required, known: Object.keys(FIELDS), bind })
}

function bind(columns: readonly string[], options: FormatOptions): (fields: readonly string[]) => Checked {
  const findOurs = createFindOurs(options.ownHandles)
  const known = columns.map((column) => (Object.hasOwn(FIELDS, column) ? column : undefined))
  return (fields) => {
    const row: Record<string, string> = {}
    for (const [index, column] of known.entries()) {
      const value = fields[index] ?? ''
      if (column && value !== '') row[column] = column === 'text' ? value : value.trim()
    }
    if (!row['direction'] && options.ownHandles?.length) {
      row['direction'] = findOurs([row['author'], row['author_handle']]) === undefined ? 'in' : 'out'
    }
    return convert(row, options)
  }
}

function convert(row: Readonly<Record<string, string>>, options: FormatOptions): Checked {
  const time = readTime(row['time'] ?? '')
  const updated = row['updated_at'] ? readTime(row['updated_at']) : undefined
  const reason =
    refuseTime(time, options.now, row['time'] ?? '') ??
    (updated === undefined ? undefined : refuseTime(updated, options.now, row['updated_at'] ?? ''))
  if (reason !== undefined) return { reason }
  const automatic = readFlag(row['automatic'])
  if (automatic === undefined) return { reason: 'The column automatic takes true or false.' }
  const checked = checkInput(
    {
      ...fieldsOf(row),
      source: row['source']?.toLowerCase() ?? options.source ?? 'csv',
      channel: row['channel']?.toLowerCase() ?? options.channel,
      direction: row['direction']?.toLowerCase(),
      publishedAt: new Date(time).toISOString(),
      ...(updated === undefined ? {} : { updatedAt: new Date(updated).toISOString() }),
      automatic,
    },
    options.now,
  )
  return 'reason' in checked ? { reason: inColumns(checked.reason) } : checked
}

function fieldsOf(row: Readonly<Record<string, string>>): Record<string, unknown> {
  const { author, author_handle, author_name, author_email, customer_id } = row
  return {
    type: row['type'],
    kind: row['kind'],
    externalId: row['id'],
    author: {
      externalId: author,
      handle: author_handle ?? author,
      name: author_name,
      verifiedEmail: author_email,
      customerId: customer_id,
    },
    presence: row['presence']?.replace(/^@/, ''),
    mentions: words(row['mentions']).map((handle) => handle.replace(/^@/, '')),
    visibility: row['visibility']?.toLowerCase(),
    parentExternalId: row['parent'],
    threadExternalId: row['thread'],
    subject: row['subject'],
    text: row['text'],
    language: row['language'],
    media: words(row['media']).map((url) => ({ url })),
  }
}

function words(list: string | undefined): string[] {
  return list === undefined ? [] : list.split(/\s+/).filter((word) => word !== '' && word !== '@')
}

function readFlag(value: string | undefined): boolean | undefined {
  if (value === undefined || /^(?:false|no|0)$/i.test(value)) return false
  return /^(?:true|yes|1)$/i.test(value) ? true : undefined
}

/** People see columns, not the contract's fields. */
function inColumns(reason: string): string {
  return reason.replace(/^The field (\S+)/, (_, path: string) => {
    const found = Object.entries(FIELDS).find(([, field]) => path === field || path.startsWith(`${field}.`))
    return `The column ${found?.[0] ?? path}`
  })
}
