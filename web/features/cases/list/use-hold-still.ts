import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { shiftAbove } from './case-pages.ts'

/** Rows of one height in a scrolled box: what is read stays where it is when rows appear or go above it. */
export function useHoldStill(box: RefObject<HTMLElement | null>, ids: readonly string[], rowHeight: number) {
  const before = useRef(ids)
  const [arrived, setArrived] = useState(0)
  useLayoutEffect(() => {
    const known = before.current
    before.current = ids
    const top = box.current?.scrollTop ?? 0
    const first = known[Math.floor(top / rowHeight)]
    if (known === ids || first === undefined || top < rowHeight / 2) return
    const shift = shiftAbove(known, ids, first)
    if (shift.rows !== 0) box.current?.scrollBy({ top: shift.rows * rowHeight, behavior: 'instant' })
    // What appeared above is known only once it is drawn.
    // oxlint-disable-next-line react/set-state-in-effect
    if (shift.arrived > 0) setArrived((count) => count + shift.arrived)
  }, [box, ids, rowHeight])

  function handleScroll(): void {
    if ((box.current?.scrollTop ?? 0) < rowHeight / 2) setArrived(0)
  }
  function toTop(): void {
    setArrived(0)
    box.current?.scrollTo({ top: 0 })
  }
  return { arrived, handleScroll, toTop }
}
