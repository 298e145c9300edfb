import { useCallback, useEffect, useRef, useState } from 'react'
import type { CaseRow } from '../../../../contract/cases.ts'
import { prefetchCase } from '../use-case.ts'
import type { ChangeDesk } from '../use-desk-search.ts'
import type { RowPress } from './row-press.ts'
import { emptySelection, extendTo, keepOnly, pickAll, type Selection, toggle } from './selection.ts'

/** A case that the keys pass over quickly is not opened. */
const followAfter = 90

export interface ListCursor {
  readonly cursorId: string | null
  readonly selection: Selection
  readonly onPress: (id: string, press: RowPress) => void
  readonly onMove: (by: 1 | -1, isExtending?: boolean) => void
  readonly onPickAll: () => void
  readonly onClear: () => void
}

/** Where the keys stand in the list, and which cases are picked. An open case follows the keys. */
export function useListCursor(
  rows: readonly CaseRow[],
  openId: string | undefined,
  change: ChangeDesk,
): ListCursor {
  const [moved, setMoved] = useState<string | null>(null)
  const [picked, setSelection] = useState<Selection>(emptySelection)
  const follow = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(follow.current), [])
  const order = rows.map((row) => row.id)
  const cursorId = moved !== null && order.includes(moved) ? moved : (openId ?? null)
  const selection = keepOnly(picked, order)

  const open = useCallback(
    (id: string, isReplacing: boolean) => change({ case: id, at: undefined }, { isReplacing }),
    [change],
  )

  function onPress(id: string, press: RowPress): void {
    setMoved(id)
    if (press === 'pick') return setSelection(toggle(selection, id))
    if (press === 'extend') return setSelection(extendTo(anchored(), order, id))
    open(id, false)
    document.getElementById('case-list')?.focus({ preventScroll: true })
  }
  function anchored(): Selection {
    return selection.anchor === null ? { ...selection, anchor: cursorId } : selection
  }
  function onMove(by: 1 | -1, isExtending = false): void {
    const at = cursorId === null ? -1 : order.indexOf(cursorId)
    const next = at < 0 ? order[0] : order[at + by]
    if (next === undefined) return
    setMoved(next)
    if (isExtending) setSelection(extendTo(anchored(), order, next))
    document.getElementById('case-list')?.focus({ preventScroll: true })
    prefetchCase(next)
    clearTimeout(follow.current)
    if (openId !== undefined && !isExtending) follow.current = setTimeout(() => open(next, true), followAfter)
  }
  return {
    cursorId,
    selection,
    onPress,
    onMove,
    onPickAll: () => setSelection(pickAll(order)),
    onClear: () => setSelection(emptySelection),
  }
}
