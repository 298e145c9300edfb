// Whether a password is one of those that are tried first. Of the published lists of common passwords hardly one is
// twelve characters long; those that are repeat, walk the keyboard, or put digits behind a common word.

const commonWords = [
  'password',
  'passwort',
  'passw',
  'kennwort',
  'welcome',
  'willkommen',
  'letmein',
  'iloveyou',
  'princess',
  'sunshine',
  'football',
  'baseball',
  'dragon',
  'monkey',
  'master',
  'shadow',
  'superman',
  'batman',
  'trustno',
  'starwars',
  'administrator',
  'admin',
  'root',
  'user',
  'test',
  'demo',
  'sample',
  'login',
  'secret',
  'changeme',
  'default',
  'guest',
  'hello',
  'service',
  'support',
  'company',
  'customer',
  'horseshoe',
  'spring',
  'summer',
  'autumn',
  'winter',
  'qwerty',
  'qwertz',
  'azerty',
  'asdf',
  'zxcv',
  'yxcv',
  'abc',
  'the',
  'my',
  'is',
  'new',
  'now',
  'me',
  'you',
  'love',
]
const walks = [
  '01234567890123456789',
  '09876543210987654321',
  'abcdefghijklmnopqrstuvwxyz',
  'zyxwvutsrqponmlkjihgfedcba',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'asdfghjkl',
  'zxcvbnm',
]
const fewest = 6
const readAs: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/**
 * True where a password is too easy to guess: fewer than six different characters, a repeated piece, a walk over the
 * keyboard, or nothing but common words, digits and the person's own name or address. `known` are those last ones.
 */
export function isWeakPassword(password: string, known: readonly string[] = []): boolean {
  const plain = password.normalize('NFC').toLowerCase()
  if (new Set(plain).size < fewest) return true
  if (isRepeated(plain)) return true
  const own = known
    .flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((part) => part.length >= 3)
  const letters = plain.replaceAll(/[013457@$!]/g, (sign) => readAs[sign] ?? sign)
  return [plain, letters].some((text) => leftOver(text, own) < fewest)
}

function isRepeated(text: string): boolean {
  for (let length = 1; length <= text.length / 2; length += 1) {
    const piece = text.slice(0, length)
    if (piece.repeat(Math.ceil(text.length / length)).startsWith(text)) return true
  }
  return false
}

/** How many characters say something, once common words, walks, digits and signs are taken away. */
function leftOver(text: string, own: readonly string[]): number {
  let rest = text
  for (const word of [...own, ...commonWords].sort((a, b) => b.length - a.length))
    rest = rest.replaceAll(word, ' ')
  for (const walk of walks) rest = withoutWalk(rest, walk)
  return rest.replaceAll(/[^\p{L}]/gu, '').length
}

/** Takes pieces of four or more characters of a walk out of the text. */
function withoutWalk(text: string, walk: string): string {
  let rest = text
  for (let start = 0; start + 4 <= rest.length; start += 1) {
    let length = rest.length - start
    while (length >= 4 && !walk.includes(rest.slice(start, start + length))) length -= 1
    if (length >= 4) rest = `${rest.slice(0, start)} ${rest.slice(start + length)}`
  }
  return rest
}
