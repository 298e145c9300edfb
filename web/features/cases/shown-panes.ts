import type { DeskSearch } from './desk-search.ts'
import type { PaneCount } from './use-pane-count.ts'

export interface ShownPanes {
  readonly list: boolean
  readonly thread: boolean
  readonly aside: boolean
}

/** Which panes stand there: all three, the two that are being worked with, or the one. */
export function shownPanes(search: DeskSearch, count: PaneCount): ShownPanes {
  const isOpen = search.case !== undefined
  const isAsideAsked = isOpen && (search.panel === 'person' || search.panel === 'log')
  if (count === 3) return { list: true, thread: true, aside: isOpen }
  if (count === 2) return { list: !isAsideAsked, thread: true, aside: isAsideAsked }
  return { list: !isOpen, thread: isOpen && !isAsideAsked, aside: isAsideAsked }
}
