import { useCallback, useMemo, useState } from 'react'
import { useFunctionTitle, useSession, useWorkspace } from '../../session.ts'
import { NoAccess } from '../../ui/states.tsx'
import { useCaseActions } from './actions/use-case-actions.ts'
import type { CaseRow } from '../../../contract/cases.ts'
import { type Desk, DeskContext, type OpenPicker } from './desk-context.ts'
import { toCaseFilter } from './desk-search.ts'
import { DeskPanes } from './desk-panes.tsx'
import { neighbourOf, staysIn } from './list/case-pages.ts'
import { useListCursor } from './list/use-list-cursor.ts'
import { listWords } from './list/words.ts'
import { useCaseList } from './use-case-list.ts'
import { useDeskSearch } from './use-desk-search.ts'
import { useLatest } from './use-latest.ts'
import { useMembers } from './use-members.ts'

/** One live inbox for every channel: the list, the conversation, the person. */
export function DeskPage() {
  const { can } = useSession()
  if (!can('cases.read')) return <NoAccess what={listWords.toRead} />
  return <LoadedDesk />
}

function LoadedDesk() {
  const session = useSession()
  const [search, change] = useDeskSearch()
  const filterKey = JSON.stringify(toCaseFilter(search))
  // The same filter stays the same value while other parts of the address change.
  // oxlint-disable-next-line react/exhaustive-deps
  const filter = useMemo(() => toCaseFilter(search), [filterKey])
  const cases = useCaseList(filter)
  const members = useMembers()
  const { data: settings } = useWorkspace()
  const functionTitle = useFunctionTitle()
  const actions = useCaseActions()
  const [picker, setPicker] = useState<OpenPicker | null>(null)
  const cursor = useListCursor(cases.rows, search.case, change)
  const { memberId } = session.membership

  const state = useLatest({ rows: cases.rows, search })
  /** Goes to the next case where the change takes this one out of the view. */
  const goOn = useCallback(
    (row: CaseRow, after: Partial<CaseRow>) => {
      const { rows, search: at } = state.current
      if (at.case !== row.id || staysIn(at.view ?? 'open', { ...row, ...after }, memberId)) return
      const next = neighbourOf(
        rows.map((candidate) => candidate.id),
        row.id,
      )
      change({ case: next ?? undefined, panel: undefined, at: undefined })
    },
    [change, memberId, state],
  )
  const desk: Desk = {
    workspace: session.slug,
    search,
    change,
    memberId,
    members,
    functions: settings?.functions ?? [],
    functionTitle,
    can: session.can,
    actions,
    onSnooze: (row, until) => {
      goOn(row, { snoozedUntil: until?.toISOString() ?? null })
      void actions.snooze(row, until)
    },
    isPicking: cursor.selection.ids.size > 0,
    picker,
    onPicker: setPicker,
  }
  return (
    <DeskContext value={desk}>
      <title>{`${listWords.desk} · Horseshoe`}</title>
      <DeskPanes cases={cases} cursor={cursor} onGoOn={goOn} />
    </DeskContext>
  )
}
