import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect } from 'react'

export const rowHeight = 78
/** Rows before the end at which the next page is asked for. */
const askAhead = 25

interface RowsOptions {
  readonly hasMore: boolean
  readonly cursorId: string | null
  readonly onMore: () => void
}

/** The rows in sight, and the one that the keys stand on, which must stay drawn for readers. */
export function useCaseRows(
  box: RefObject<HTMLElement | null>,
  ids: readonly string[],
  options: RowsOptions,
) {
  const { hasMore, cursorId, onMore } = options
  const cursor = cursorId === null ? -1 : ids.indexOf(cursorId)
  const virtual = useVirtualizer({
    count: ids.length + (hasMore ? 1 : 0),
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => ids[index] ?? 'more',
    overscan: 8,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      return cursor < 0 || shown.includes(cursor) ? shown : [...shown, cursor].toSorted((a, b) => a - b)
    },
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= ids.length - askAhead) onMore()
  }, [hasMore, last, ids.length, onMore])
  useEffect(() => {
    if (cursor >= 0) virtual.scrollToIndex(cursor, { align: 'auto' })
    // Only a move of the cursor scrolls; rows that arrive do not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [cursorId])
  return { items, height: virtual.getTotalSize() }
}
