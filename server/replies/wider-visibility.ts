import type { Visibility } from '../../contract/engagement.ts'

/** From the widest to the narrowest. */
const levels: readonly Visibility[] = ['public', 'unlisted', 'followers', 'direct', 'internal']

/** Whether more people would read it than at another level. */
export function isWider(visibility: Visibility, than: Visibility): boolean {
  return levels.indexOf(visibility) < levels.indexOf(than)
}

/** The levels of a network at which words may be answered, the widest first; that of the words where it has none. */
export function answerLevels(network: readonly Visibility[], words: Visibility): readonly Visibility[] {
  const fitting = levels.filter((level) => network.includes(level) && !isWider(level, words))
  return fitting.length === 0 ? [words] : fitting
}
