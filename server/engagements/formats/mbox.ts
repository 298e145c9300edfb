import type { Email } from 'postal-mime'
import PostalMime from 'postal-mime'
import type { Format, FormatItem, FormatOptions } from './format.ts'
import { mailToInput } from './mail-to-input.ts'
import { createFindOurs } from './own-handles.ts'
import type { RawRecord } from './raw-record.ts'
import { placeOf, refuse } from './raw-record.ts'
import { readSplit } from './read-split.ts'
import { createMboxSplitter, unquoteMail } from './split-mbox.ts'

export const mbox: Format = {
  id: 'mbox',
  title: 'Mail (mbox, eml)',
  description:
    'A mailbox file, or a single saved mail. Text and threads are taken, attachments are left out.',
  extensions: ['.mbox', '.mbx', '.eml'],
  read: readMbox,
  readContext: () => undefined,
}

function readMbox(bytes: AsyncIterable<Uint8Array>, options: FormatOptions): AsyncGenerator<FormatItem> {
  const findOurs = createFindOurs(options.ownHandles)
  return readSplit(bytes, options, createMboxSplitter, async (record) => {
    if (record.broken !== undefined) return refuse(record, record.broken)
    const mail = await parseMail(record)
    if (mail === undefined)
      return refuse(record, 'The mail cannot be taken apart: its headers or parts are damaged.')
    const converted = mailToInput(mail, options, findOurs)
    return 'reason' in converted ? refuse(record, converted.reason) : { ...placeOf(record), ...converted }
  })
}

const LIMITS = { maxNestingDepth: 50, maxHeadersSize: 512 * 1024, maxRfc822NestingDepth: 3 }

async function parseMail(record: RawRecord): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(unquoteMail(record.bytes), LIMITS)
  } catch {
    return undefined
  }
}
