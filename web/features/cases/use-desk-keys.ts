import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { CaseRow } from '../../../contract/cases.ts'
import { useKeys } from '../../ui/keys.ts'
import { undoLast } from './actions/undo.ts'
import { useDesk } from './desk-context.ts'
import { type DeskView, deskViews } from './desk-search.ts'
import type { ListCursor } from './list/use-list-cursor.ts'
import { keyWords } from './list/words.ts'
import { markRead } from './read-marks.ts'
import type { PaneCount } from './use-pane-count.ts'
import { viewTitles } from './words.ts'

const viewKeys: Readonly<Record<DeskView, string>> = {
  open: 'v o',
  mine: 'v m',
  unassigned: 'v u',
  mentions: 'v n',
  snoozed: 'v s',
  resolved: 'v r',
  all: 'v a',
}

const overlays = ['dialog', 'menu', 'listbox'].map((role) => `[data-portal] [role="${role}"]`).join(', ')

/**
 * Escape closes the open list, menu or form and nothing else. These close while the press is still on its way, so
 * whether one was open is looked at first thing. Answers whether the press was meant for one.
 */
function useEscapeTaken(): () => boolean {
  const isTaken = useRef(false)
  useEffect(() => {
    function handleKey(event: KeyboardEvent): void {
      if (event.key === 'Escape') isTaken.current = document.querySelector(overlays) !== null
    }
    addEventListener('keydown', handleKey, true)
    return () => removeEventListener('keydown', handleKey, true)
  }, [])
  return () => isTaken.current
}

/** The keys of the list; those of the open case stand with it. */
export function useDeskKeys(cursor: ListCursor, panes: PaneCount, rows: readonly CaseRow[]): void {
  const { change, search, memberId } = useDesk()
  const client = useQueryClient()
  const isEscapeTaken = useEscapeTaken()

  function goBack(): void {
    if (isEscapeTaken()) return
    const field = document.activeElement
    if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
      return (document.getElementById('case-list') ?? document.getElementById('case-title'))?.focus()
    }
    if (cursor.selection.ids.size > 0) return cursor.onClear()
    if (search.panel !== undefined) return change({ panel: undefined }, { isReplacing: panes > 1 })
    if (search.case !== undefined) change({ case: undefined, at: undefined })
  }

  /** The picked cases, else the one where the keys stand: unread all, unless all are unread. */
  function onUnread(): void {
    const { ids } = cursor.selection
    const wanted = rows.filter((row) => (ids.size > 0 ? ids.has(row.id) : row.id === cursor.cursorId))
    if (wanted.length === 0) return
    const isRead = wanted.every((row) => row.isUnread)
    void markRead(client, memberId, { ids: wanted.map((row) => row.id), isRead })
    if (ids.size > 0) cursor.onClear()
  }

  useKeys(keyWords.list, [
    { keys: 'j', title: keyWords.next, run: () => cursor.onMove(1) },
    { keys: 'k', title: keyWords.previous, run: () => cursor.onMove(-1) },
    { keys: 'arrowdown', title: keyWords.next, run: () => cursor.onMove(1), isHidden: true },
    { keys: 'arrowup', title: keyWords.previous, run: () => cursor.onMove(-1), isHidden: true },
    {
      keys: 'o',
      title: keyWords.openKey,
      run: () => cursor.cursorId !== null && cursor.onPress(cursor.cursorId, 'open'),
    },
    {
      keys: 'x',
      title: keyWords.select,
      run: () => cursor.cursorId !== null && cursor.onPress(cursor.cursorId, 'pick'),
    },
    { keys: 'shift+j', title: keyWords.extendDown, run: () => cursor.onMove(1, true) },
    { keys: 'shift+k', title: keyWords.extendUp, run: () => cursor.onMove(-1, true) },
    { keys: 'mod+a', title: keyWords.selectAll, run: cursor.onPickAll },
    { keys: 'u', title: keyWords.unread, run: onUnread },
    { keys: 'mod+z', title: keyWords.undo, run: undoLast },
    { keys: '/', title: keyWords.search, run: () => document.getElementById('case-search')?.focus() },
    { keys: 'escape', title: keyWords.back, run: goBack, whileTyping: true },
    ...deskViews.map((view) => ({
      keys: viewKeys[view],
      title: keyWords.view(viewTitles[view]),
      run: () => change({ view, case: undefined, panel: undefined, at: undefined }),
    })),
  ])
}
