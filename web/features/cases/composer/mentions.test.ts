import { describe, expect, test } from 'vitest'
import { insertMention, matchMembers, mentionAt, mentionedIds } from './mentions.ts'

const members = [
  { id: '1', name: 'Mira Okafor' },
  { id: '2', name: 'Jonas Weber' },
  { id: '3', name: 'Mira' },
]

describe('naming a colleague in a note', () => {
  test('an @ at the start of a word opens the list, an address does not', () => {
    expect(mentionAt('ask @mi', 7)).toEqual({ start: 4, query: 'mi' })
    expect(mentionAt('@', 1)).toEqual({ start: 0, query: '' })
    expect(mentionAt('mail a@mi', 9)).toBeNull()
    expect(mentionAt('ask mi', 6)).toBeNull()
  })

  test('first and last names are found', () => {
    expect(matchMembers(members, 'ok').map((member) => member.id)).toEqual(['1'])
    expect(matchMembers(members, 'mira').map((member) => member.id)).toEqual(['1', '3'])
    expect(matchMembers(members, 'zz')).toEqual([])
  })

  test('the full name takes the place of what was typed', () => {
    const at = mentionAt('ask @jo please', 7)
    expect(at && insertMention('ask @jo please', at, 'Jonas Weber')).toEqual({
      text: 'ask @Jonas Weber please',
      caret: 17,
    })
  })

  test('those named are told, each once, and the longest name wins', () => {
    expect(mentionedIds('@Mira Okafor and @jonas weber, @Mira Okafor!', members)).toEqual(['1', '2'])
    expect(mentionedIds('@Mira, see this', members)).toEqual(['3'])
    expect(mentionedIds('nobody', members)).toEqual([])
  })
})
