import { lazy, Suspense, useEffect, useRef } from 'react'
import type { CaseDetail, CaseRow } from '../../../contract/cases.ts'
import { EmptyState, Lines } from '../../ui/states.tsx'
import { useBulk } from './actions/use-bulk.ts'
import { asideWords } from './aside/words.ts'
import { useDesk } from './desk-context.ts'
import styles from './desk.module.css'
import { ListPane } from './list/list-pane.tsx'
import type { ListCursor } from './list/use-list-cursor.ts'
import { listWords } from './list/words.ts'
import { PaneDivider } from './pane-divider.tsx'
import { usePaneWidth } from './pane-width.ts'
import type { CasePaneProps } from './thread/case-pane.tsx'
import { threadWords } from './thread/words.ts'
import { useCase } from './use-case.ts'
import type { useCaseList } from './use-case-list.ts'
import { useDeskKeys } from './use-desk-keys.ts'
import { usePaneCount } from './use-pane-count.ts'
import { shownPanes } from './shown-panes.ts'

const loadCasePane = () => import('./thread/case-pane.tsx')
const loadCaseAside = () => import('./aside/case-aside.tsx')
const CasePane = lazy(() => loadCasePane().then((module) => ({ default: module.CasePane })))
const CaseAside = lazy(() => loadCaseAside().then((module) => ({ default: module.CaseAside })))

/** The list is there first; the conversation and the person are fetched beside it, before one is opened. */
function useCaseSoon(): void {
  useEffect(() => {
    const timer = setTimeout(() => void Promise.all([loadCasePane(), loadCaseAside()]), 300)
    return () => clearTimeout(timer)
  }, [])
}

export interface DeskPanesProps {
  readonly cases: ReturnType<typeof useCaseList>
  readonly cursor: ListCursor
  readonly onGoOn: (row: CaseRow, after: Partial<CaseRow>) => void
}

/** The list, the conversation and the person: side by side where there is room, else one after another. */
export function DeskPanes({ cases, cursor, onGoOn }: DeskPanesProps) {
  const { search, actions } = useDesk()
  const frame = useRef<HTMLDivElement>(null)
  const panes = usePaneCount(frame)
  const shown = shownPanes(search, panes)
  const bulk = useBulk(cursor.onClear)
  const listWidth = usePaneWidth({ name: 'list', usual: 380, least: 300, most: 560, sign: 1 })
  const asideWidth = usePaneWidth({ name: 'aside', usual: 320, least: 260, most: 480, sign: -1 })
  useDeskKeys(cursor, panes, cases.rows)
  useCaseSoon()

  function handleResolve(detail: CaseDetail): void {
    const status = detail.status === 'resolved' ? 'open' : 'resolved'
    onGoOn(detail, { status })
    void actions.setStatus(detail, status)
  }

  return (
    <div ref={frame} className={styles.desk}>
      <h1 className="hs-visually-hidden">{listWords.desk}</h1>
      {shown.list && (
        <section
          id="desk-list"
          aria-label={listWords.cases}
          className={styles.list}
          style={panes === 1 ? { flex: 1 } : { width: listWidth.width }}
        >
          <ListPane cases={cases} cursor={cursor} bulk={bulk} />
        </section>
      )}
      {shown.list && panes > 1 && (
        <PaneDivider pane={listWidth} title={listWords.resizeList} controls="desk-list" />
      )}
      {shown.thread && (
        <section className={styles.thread} aria-label={threadWords.thread}>
          <OpenCase onResolve={handleResolve} onSent={(detail, then) => onGoOn(detail, { status: then })} />
        </section>
      )}
      {shown.aside && search.case !== undefined && (
        <>
          {shown.thread && (
            <PaneDivider pane={asideWidth} title={listWords.resizeAside} controls="desk-aside" />
          )}
          <aside
            id="desk-aside"
            aria-label={asideWords.person}
            className={styles.aside}
            style={shown.thread ? { width: asideWidth.width } : { flex: 1 }}
          >
            <AsideOf key={search.case} id={search.case} isAlone={panes < 3} />
          </aside>
        </>
      )}
    </div>
  )
}

function AsideOf({ id, isAlone }: { readonly id: string; readonly isAlone: boolean }) {
  const { data } = useCase(id)
  return (
    <Suspense fallback={<Lines rows={6} />}>
      {data !== undefined && <CaseAside detail={data} isAlone={isAlone} />}
    </Suspense>
  )
}

function OpenCase(handlers: Omit<CasePaneProps, 'id'>) {
  const { search } = useDesk()
  if (search.case !== undefined) {
    return (
      <Suspense fallback={<Lines rows={8} />}>
        <CasePane key={search.case} id={search.case} {...handlers} />
      </Suspense>
    )
  }
  return (
    <div className={styles.none}>
      <EmptyState title={threadWords.pickOne}>{threadWords.pickOneHint}</EmptyState>
    </div>
  )
}
