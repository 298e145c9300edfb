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
  ['tweets.js', 'window.YTD.tweets.part0 = [', 'x'],
  ['message_1.json', '{\n  "participants": [', 'facebook'],
  ['post_comments_1.json', '[ {"media_list_data": [], "string_map_data": {', 'instagram'],
  ['reviews.json', '{"reviews": [', 'google-reviews'],
  ['user_data_tiktok.json', '{"Your Activity": {', 'tiktok'],
  ['messages.csv', 'CONVERSATION ID,CONVERSATION TITLE,FROM', 'linkedin'],
  ['messages.csv', 'id,permalink,thread_id,date,ip,from,to,subject,body', 'reddit'],
  ['reviews.csv', 'Domain URL,Review Id,Review Created (UTC),Review Stars', 'trustpilot'],
  ['_chat.txt', '\u200e[20/06/21, 14:30:05] Ann: Hello', 'whatsapp'],
  ['Complete_LinkedInDataExport_10-02-2026.zip', 'PK\u0003\u0004', 'linkedin'],
  ['twitter-2026-03-04-aa.zip', 'PK\u0003\u0004', 'x'],
] as const)('%s is taken for %s', (name, head, format) => {
  expect(guessFormat(name, head)).toBe(format)
})
