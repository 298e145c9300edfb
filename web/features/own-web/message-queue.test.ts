import { describe, expect, test } from 'vitest'
import { addToQueue, readQueue, removeFromQueue, type Shelf } from './message-queue.ts'

function shelf(kept = new Map<string, string>()): Shelf {
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }
}

const message = (key: string) => ({ key, text: `text of ${key}`, at: 1 })

describe('messages that could not be sent yet', () => {
  test('wait in their order until each was sent', () => {
    const place = shelf()
    expect(addToQueue(place, 'q', message('a'))).toBe(true)
    expect(addToQueue(place, 'q', message('b'))).toBe(true)
    removeFromQueue(place, 'q', 'a')
    expect(readQueue(place, 'q')).toEqual([message('b')])
    removeFromQueue(place, 'q', 'b')
    expect(place.getItem('q')).toBeNull()
  })

  test.each(['', 'not json', '{}', '[1, null, {"key": "x"}]'])('that read %j are none', (text) => {
    expect(readQueue(shelf(new Map([['q', text]])), 'q')).toEqual([])
  })

  test('are refused where the browser keeps nothing', () => {
    const full: Shelf = {
      ...shelf(),
      setItem: () => {
        throw new Error('full')
      },
    }
    expect(addToQueue(full, 'q', message('a'))).toBe(false)
  })

  test('are at most fifty', () => {
    const place = shelf()
    for (let i = 0; i < 50; i += 1) expect(addToQueue(place, 'q', message(`${i}`))).toBe(true)
    expect(addToQueue(place, 'q', message('more'))).toBe(false)
  })
})
