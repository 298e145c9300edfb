import { describe, expect, test } from 'vitest'
import { judgeMedia } from './judge-media.ts'
import type { MediaRules } from './media.ts'

const rules: MediaRules = {
  most: 2,
  maxTotalBytes: 9_000_000,
  kinds: [
    { types: ['image/jpeg', 'image/png'], maxBytes: 5_000_000, isAlone: false },
    { types: ['video/*'], maxBytes: 16_000_000, isAlone: true },
  ],
  alt: null,
}
const picture = { name: 'sea.jpg', mediaType: 'image/jpeg', bytes: 3_000_000 }
const film = { name: 'sea.mp4', mediaType: 'video/mp4', bytes: 1_000_000 }
const say = (...files: Parameters<typeof judgeMedia>[1]) => judgeMedia(rules, files).map(({ text }) => text)

describe('files on their way out', () => {
  test('that fit have no problem', () => {
    expect(say(picture, picture)).toEqual([])
    expect(say(film)).toEqual([])
    expect(judgeMedia(null, [])).toEqual([])
  })

  test('are refused by name, size and type in clear words', () => {
    expect(say({ ...picture, bytes: 6_200_000 })).toEqual([
      'sea.jpg is too large: 6.2 MB, and at most 5 MB may be sent here.',
    ])
    expect(say({ ...picture, name: 'a.pdf', mediaType: 'application/pdf' })).toEqual([
      'a.pdf cannot be sent here: only JPEG, PNG, films.',
    ])
  })

  test('are counted together: how many, how large, and whether one must stand alone', () => {
    expect(say(picture, picture, picture)).toEqual(['Only 2 files can be sent together here.'])
    expect(say({ ...picture, bytes: 4_900_000 }, { ...picture, bytes: 4_900_000 })).toEqual([
      'All files together are too large: 9.8 MB, and at most 9 MB may be sent here.',
    ])
    expect(say(picture, film)).toEqual(['sea.mp4 must be sent alone: nothing else may stand beside it.'])
  })

  test('go nowhere that carries words only', () => {
    expect(judgeMedia(null, [picture])).toEqual([
      { index: null, text: 'Nothing but words can be sent here.' },
    ])
  })
})
