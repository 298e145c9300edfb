interface Chord {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** A press in words: `j`, `?`, `shift+e`, `mod+k`, `mod+enter`. Shift counts for letters and named keys only. */
export function chordOf(event: Chord): string {
  const key = event.key === ' ' ? 'space' : event.key.toLowerCase()
  const isLetterOrNamed = /^[a-z]$/.test(key) || key.length > 1
  const parts: string[] = []
  if (event.ctrlKey || event.metaKey) parts.push('mod')
  if (event.altKey) parts.push('alt')
  if (event.shiftKey && isLetterOrNamed) parts.push('shift')
  return [...parts, key].join('+')
}

/** The key that acts on this press after the one before, or whether it begins a pair. */
export function matchKeys<Key extends { readonly keys: string }>(
  keys: readonly Key[],
  before: string,
  chord: string,
): { readonly key?: Key; readonly isBeginning: boolean } {
  const pair = before === '' ? undefined : keys.find((key) => key.keys === `${before} ${chord}`)
  if (pair !== undefined) return { key: pair, isBeginning: false }
  const single = keys.find((key) => key.keys === chord)
  if (single !== undefined) return { key: single, isBeginning: false }
  return { isBeginning: keys.some((key) => key.keys.startsWith(`${chord} `)) }
}

/** True where a press writes text, so that single letters must not act. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|range)$/.test(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

/** How a key is printed: ⌘ on a Mac, Ctrl elsewhere. */
export function printKeys(keys: string, isMac: boolean): readonly string[] {
  return keys.split(' ').map((press) =>
    press
      .split('+')
      .map((part) => printPart(part, isMac))
      .join(isMac ? '' : '+'),
  )
}

const printed: Readonly<Record<string, string>> = {
  enter: '↵',
  escape: 'Esc',
  arrowdown: '↓',
  arrowup: '↑',
  space: 'Space',
}

function printPart(part: string, isMac: boolean): string {
  if (part === 'mod') return isMac ? '⌘' : 'Ctrl'
  if (part === 'shift') return isMac ? '⇧' : 'Shift'
  if (part === 'alt') return isMac ? '⌥' : 'Alt'
  return printed[part] ?? (part.length === 1 ? part.toUpperCase() : part)
}
