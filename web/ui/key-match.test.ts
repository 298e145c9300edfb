import { describe, expect, test } from 'vitest'
import { chordOf, matchKeys, printKeys } from './key-match.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
const keys = [{ keys: 'j' }, { keys: 'g d' }, { keys: 'g t' }, { keys: 'mod+k' }, { keys: '?' }]

describe('keys of a page', () => {
  test('a press is named alike on every keyboard', () => {
    expect(chordOf({ ...plain, key: 'J', shiftKey: true })).toBe('shift+j')
    expect(chordOf({ ...plain, key: '?', shiftKey: true })).toBe('?')
    expect(chordOf({ ...plain, key: 'k', metaKey: true })).toBe('mod+k')
    expect(chordOf({ ...plain, key: 'Enter', ctrlKey: true })).toBe('mod+enter')
  })

  test('a single key acts at once and a pair waits for its second press', () => {
    expect(matchKeys(keys, '', 'j').key?.keys).toBe('j')
    expect(matchKeys(keys, '', 'g')).toEqual({ isBeginning: true })
    expect(matchKeys(keys, 'g', 'd').key?.keys).toBe('g d')
    expect(matchKeys(keys, '', 'd')).toEqual({ isBeginning: false })
  })

  test('a press after a pair that was not meant still acts by itself', () => {
    expect(matchKeys(keys, 'g', 'j').key?.keys).toBe('j')
  })

  test('keys are printed as the machine in front names them', () => {
    expect(printKeys('mod+enter', true)).toEqual(['⌘↵'])
    expect(printKeys('mod+k', false)).toEqual(['Ctrl+K'])
    expect(printKeys('g d', false)).toEqual(['G', 'D'])
  })
})
