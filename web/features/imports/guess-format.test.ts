import { expect, test } from 'vitest'
import { guessFormat } from './guess-format.ts'

test.each([
  [
    'twcs.csv',
    'tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id\n1,a',
    'twcs',
  ],
  ['ours.csv', 'id,time,direction,author,text\n1', 'csv'],
  ['list.txt', 'id;time;direction;author;text', 'csv'],
  ['all.ndjson', '{"source":"crm","externalId":"1"}\n', 'ndjson'],
  [
    'outbox.json',
    '\uFEFF{"@context":"https://www.w3.org/ns/activitystreams","orderedItems":[]}',
    'activitystreams',
  ],
  ['inbox', 'From ann@example.org Mon Mar  3 10:00:00 2025\nSubject: Hi', 'mbox'],
  ['mail.mbox', '', 'mbox'],
] as const)('%s is taken for %s', (name, head, format) => {
  expect(guessFormat(name, head)).toBe(format)
})
