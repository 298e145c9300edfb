import { type RefObject, useLayoutEffect, useState } from 'react'

export type PaneCount = 1 | 2 | 3

/** Pixels from which the person stands beside the thread, and the thread beside the list. */
const forThree = 1120
const forTwo = 760

/** How many panes stand side by side in the width that the desk has. */
export function usePaneCount(desk: RefObject<HTMLElement | null>): PaneCount {
  const [count, setCount] = useState<PaneCount>(3)
  useLayoutEffect(() => {
    const element = desk.current
    if (element === null) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setCount(panesFor(entry.contentRect.width))
    })
    observer.observe(element)
    // Before the first paint, so that no pane appears and goes.
    // oxlint-disable-next-line react/set-state-in-effect
    setCount(panesFor(element.clientWidth))
    return () => observer.disconnect()
  }, [desk])
  return count
}

function panesFor(width: number): PaneCount {
  if (width > forThree) return 3
  return width > forTwo ? 2 : 1
}
