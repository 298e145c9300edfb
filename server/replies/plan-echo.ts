// Whether words that a network shows as ours are those that left from here. A network tells the name of what it made in
// its answer, and may show it to listeners before that answer is here.
//   ours    the name is known, or the very words whose fate was unknown stand there
//   held    words of ours are on their way to this network, and these may be them, or may answer them
//   new     posted by somebody in our account elsewhere, or said by somebody outside

/** Words of ours whose name is not known yet. */
export interface OnTheWay {
  readonly outboxId: string
  readonly engagementId: string
  readonly source: string
  readonly parentExternalId: string | null
  readonly text: string
  readonly isUnknown: boolean
  /** When it was taken or given up, ms since 1970. */
  readonly since: number
}

export interface Heard {
  readonly id: string
  readonly source: string
  readonly direction: 'in' | 'out'
  readonly parentExternalId: string | null
  readonly text: string
  readonly receivedAt: number
  /** Its name, or the name that it answers, is known already. */
  readonly isKnown: boolean
  readonly isParentKnown: boolean
}

export type EchoVerdict =
  | { readonly is: 'new' | 'ours' | 'held' }
  /** The proof that words of unknown fate did leave. */
  | { readonly is: 'proof'; readonly of: OnTheWay }

/** Longer than an act takes. */
const longestActMs = 150_000
/** Where reading back may still tell the name. */
const longestUnknownMs = 5 * 60_000
/** Words of others are never held longer. */
const longestForOthersMs = 30_000

export function judgeEcho(heard: Heard, onTheWay: readonly OnTheWay[], now: number): EchoVerdict {
  const here = onTheWay.filter(({ source }) => source === heard.source)
  if (heard.direction === 'in') return { is: mayAnswerThem(heard, here, now) ? 'held' : 'new' }
  if (heard.isKnown) return { is: 'ours' }
  const proven = here.find((own) => own.isUnknown && isSame(own, heard))
  if (proven !== undefined) return { is: 'proof', of: proven }
  const isHeld = here.some(
    ({ isUnknown, since }) => now - since < (isUnknown ? longestUnknownMs : longestActMs),
  )
  return { is: isHeld && now - heard.receivedAt < longestUnknownMs ? 'held' : 'new' }
}

function mayAnswerThem(heard: Heard, here: readonly OnTheWay[], now: number): boolean {
  if (heard.parentExternalId === null || heard.isParentKnown) return false
  if (now - heard.receivedAt >= longestForOthersMs) return false
  return here.some(({ isUnknown, since }) => !isUnknown && now - since < longestActMs)
}

function isSame(own: OnTheWay, heard: Heard): boolean {
  return own.parentExternalId === heard.parentExternalId && wordsOf(own.text) === wordsOf(heard.text)
}

function wordsOf(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim()
}
