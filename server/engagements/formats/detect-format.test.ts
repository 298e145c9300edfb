import { expect, test } from 'vitest'
import { detectFormat } from './detect-format.ts'
import { toBytes } from './read-all.fixture.ts'

test.each([
  ['tweet_id,author_id,inbound,created_at,text\n', 'x.csv', 'twcs'],
  ['\ufeffid;time;direction;author;text\n', 'x.txt', 'csv'],
  ['some,thing\n', 'x.csv', 'csv'],
  ['{"externalId":"1","author":{}}\n{}', 'x.json', 'ndjson'],
  ['{"@context":"x","type":"Create","actor":"a"}\n', 'x.jsonl', 'activitystreams'],
  ['{\n "type": "OrderedCollection",\n "orderedItems": [', 'outbox.json', 'activitystreams'],
  ['[{"type":"Create"}]', 'x.json', 'activitystreams'],
  ['From ann@example.org Tue Mar  4 10:00:00 2025\n', 'Inbox', 'mbox'],
  ['Return-Path: <a@b>\nReceived: x\n', 'x', 'mbox'],
  ['anything', 'x.eml', 'mbox'],
  ['hello', 'x.doc', undefined],
  ['', 'x', undefined],
])('%j named %s is %s', (content, name, expected) => {
  expect(detectFormat(toBytes(content), name)).toBe(expected)
})
