import type { Random } from '../../lib/random.ts'
import type { Voice } from './customers.ts'
import type { Mood } from './scripts/script.ts'

const EMOJI: Readonly<Record<Mood, readonly string[]>> = {
  complaint: ['😤', '😞', '🙄', '😡', '💔'],
  question: ['🤔', '🙏', '🚲', '🙂'],
  purchase: ['😍', '🙏', '🚲', '🤩'],
  praise: ['❤️', '🥰', '🙌', '🎉'],
  suggestion: ['💡', '😇', '🙏'],
  chat: ['😄', '😅', '🚲'],
  spam: [],
}

const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/\bthe\b/, 'teh'],
  [/\breceive/, 'recieve'],
  [/\bbecause\b/, 'becuase'],
  [/\bthree\b/, 'thre'],
  [/\bweeks\b/, 'weks'],
  [/\byour\b/, 'youre'],
  [/\bwould\b/, 'woud'],
  [/\bwhile\b/, 'whlie'],
  [/\bdefinitely\b/, 'definately'],
  [/\bsince\b/, 'sicne'],
  [/\bplease\b/i, 'pls'],
  [/\bnicht\b/, 'nciht'],
  [/\bund\b/, 'udn'],
]

/** The same words as this person would type them. */
export function applyVoice(text: string, voice: Voice, mood: Mood, random: Random): string {
  switch (voice) {
    case 'plain':
      return text
    case 'lowercase':
      return text.toLowerCase().replaceAll(/['’]/g, '').replace(/\.$/, '')
    case 'typos':
      return misspell(text, random)
    case 'emoji':
      return /\p{Extended_Pictographic}/u.test(text) || EMOJI[mood].length === 0
        ? text
        : `${text} ${random.pick(EMOJI[mood])}`
    case 'loud':
      return mood === 'complaint' ? shout(text) : text
  }
}

function shout(text: string): string {
  const loud = text.replace(/\b(?:still|never|nothing|already|twice|wieder|rien|nada)\b/i, (word) =>
    word.toUpperCase(),
  )
  return loud.replace(/[.!]?$/, (end) => (/[?\p{Extended_Pictographic}]$/u.test(loud) ? end : '!!'))
}

function misspell(text: string, random: Random): string {
  const fitting = SLIPS.filter(([pattern]) => pattern.test(text))
  if (fitting.length === 0) return text.replace(/([a-z])\1/, '$1')
  const [pattern, slip] = random.pick(fitting)
  return text.replace(pattern, slip)
}
