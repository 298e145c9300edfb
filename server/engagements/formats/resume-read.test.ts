import { expect, test } from 'vitest'
import type { Format, FormatItem } from './format.ts'
import { formats } from './formats.ts'
import { chunked, NOW, readAll, toBytes } from './read-all.fixture.ts'
import { resumeRead } from './resume-read.ts'

const json = (id: number) =>
  JSON.stringify({
    source: 'web',
    externalId: `${id}`,
    direction: 'in',
    author: { externalId: 'ann' },
    publishedAt: '2025-03-04T10:00:00Z',
  })
const note = (id: number) =>
  JSON.stringify(
    { type: 'Note', id: `n${id}`, attributedTo: 'a', published: '2025-03-04T10:00:00Z' },
    null,
    1,
  )
const mail = (id: number) =>
  `From a Tue Mar  4 10:00:00 2025\nFrom: a@b.example\nDate: Tue, 04 Mar 2025 10:00:00 +0100\nMessage-ID: <${id}@x>\n\nHi\n`
const tweet = (id: number) => `${id},a,True,Tue Oct 31 22:04:47 +0000 2017,"x\ny",,\n`

type OneFile = 'twcs' | 'csv' | 'ndjson' | 'activitystreams' | 'mbox'
const FILES: Readonly<Record<OneFile, string>> = {
  twcs: `\ufefftweet_id,author_id,inbound,created_at,text,a,in_response_to_tweet_id\n${[1, 2, 3].map(tweet).join('')}4,a,"True\n${tweet(5)}`,
  csv: `id;time;direction;author;text\r\n1;2025-03-04;in;a;x\r\n2;bad;in;a;x\r\n3;2025-03-04;in;a;"x\r\ny"\r\n4;2025-03-04;in;a;x`,
  ndjson: `${json(1)}\n\n{"bad\n${json(2)}\n${json(3)}`,
  activitystreams: `{"@context": "x",\n"id": "outbox.json", "orderedItems": [${[1, 2, 3].map(note).join(',\n')}, {"no": 1}, ${note(4)}]}`,
  mbox: [1, 2].map(mail).join('') + 'From a Tue Mar  4 10:00:00 2025\nbroken\n\n' + mail(3),
}

const oneFile = formats.filter((format): format is Format & { id: OneFile } => format.id in FILES)

test.each(oneFile)(
  '$id: after a kill, reading goes on behind any record as if nothing had happened',
  async (format) => {
    const bytes = toBytes(FILES[format.id])
    const open = (startByte: number) => chunked(bytes.subarray(startByte), 50)
    const { items } = await readAll(format, bytes)
    expect(items.length).toBeGreaterThanOrEqual(4)
    for (const [index, item] of items.entries()) {
      for (const startLine of [item.nextLine, undefined]) {
        const rest: FormatItem[] = []
        const options = {
          startByte: item.byteEnd,
          now: NOW,
          ...(startLine === undefined ? {} : { startLine }),
        }
        for await (const found of resumeRead(format, open, options)) rest.push(found)
        expect(rest).toEqual(items.slice(index + 1))
      }
    }
  },
)
