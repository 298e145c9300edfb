import type { KeyboardEvent, MouseEvent } from 'react'

/** What a press on a case means: open it, pick it, or pick the range up to it. */
export type RowPress = 'open' | 'pick' | 'extend'

/** The case under the mouse; its edge, Ctrl and Cmd pick, shift picks the range. */
export function pressOfClick(event: MouseEvent): { readonly id: string; readonly press: RowPress } | null {
  if (!(event.target instanceof Element)) return null
  const id = event.target.closest<HTMLElement>('[data-id]')?.dataset['id']
  if (id === undefined) return null
  if (event.shiftKey) return { id, press: 'extend' }
  const isPick = event.metaKey || event.ctrlKey || event.target.closest('[data-edge]') !== null
  return { id, press: isPick ? 'pick' : 'open' }
}

export function pressOfKey(event: KeyboardEvent): RowPress | null {
  if (event.key === 'Enter') return 'open'
  if (event.key === ' ') return event.shiftKey ? 'extend' : 'pick'
  return null
}
