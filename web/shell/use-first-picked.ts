import { useSpotlight, type createSpotlightStore } from '@mantine/spotlight'
import { useEffect } from 'react'

/**
 * What the server finds stands above what was there before: the first line is the one that Enter opens. The library picks
 * it only while letters are typed, and keeps the mark in an attribute, not in React's state.
 */
export function useFirstPicked(store: ReturnType<typeof createSpotlightStore>, ids: string): void {
  const { listId } = useSpotlight(store)
  useEffect(() => {
    const list = document.getElementById(listId)
    if (ids === '' || list === null) return
    list.querySelector('[data-selected]')?.removeAttribute('data-selected')
    list.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
    store.updateState((state) => ({ ...state, selected: 0 }))
  }, [store, listId, ids])
}
