import type { KeyboardEvent } from 'react'

/** Escape closes the open list or form and goes no further: the page's own Escape must not act as well. */
export function keepEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.stopPropagation()
}
