import { expect, test } from 'vitest'
import { splitWords } from './split-words.ts'

function kinds(text: string): readonly string[] {
  return splitWords(text).map((token) => `${token.kind}:${token.text}`)
}

test('handles, tags, links, figures, emoji and stops are told apart', () => {
  expect(kinds('@acme my bill is $20, WTF?! #fail :( 😡 https://t.co/x')).toEqual([
    'handle:@user',
    'word:my',
    'word:bill',
    'word:is',
    'number:$20,',
    'word:wtf',
    'stop:?!',
    'tag:fail',
    'emoji::(',
    'emoji:😡',
    'link:http',
  ])
})

test('contractions and hyphenated words stay whole', () => {
  expect(kinds("can't pre-order")).toEqual(["word:can't", 'word:pre-order'])
})

test('drawn-out letters are shortened to two', () => {
  expect(kinds('soooooo slowww')).toEqual(['word:soo', 'word:sloww'])
})

test('an address of a mailbox is a handle, not words', () => {
  expect(kinds('write to jo.doe@example.org now')).toEqual([
    'word:write',
    'word:to',
    'handle:@user',
    'word:now',
  ])
})

test('a letter before a bracket is no emoticon inside a word', () => {
  expect(kinds('50 xp and maxp')).toEqual(['number:50', 'word:xp', 'word:and', 'word:maxp'])
})

test('a text of one character repeated ten thousand times is split in no time', () => {
  const startedAt = performance.now()
  for (const sign of ['a', '@', '#', ':', '.', "'", '-', '🏴', '́']) splitWords(sign.repeat(10_000))
  expect(performance.now() - startedAt).toBeLessThan(2000)
})
