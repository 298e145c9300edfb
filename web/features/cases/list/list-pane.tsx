import type { CaseRow } from '../../../../contract/cases.ts'
import { EmptyState, ErrorState, Lines } from '../../../ui/states.tsx'
import type { useBulk } from '../actions/use-bulk.ts'
import { useDesk } from '../desk-context.ts'
import { setFilters } from '../desk-search.ts'
import type { useCaseList } from '../use-case-list.ts'
import { BulkBar } from './bulk-bar.tsx'
import { BulkRefusals } from './bulk-refusals.tsx'
import { CaseList } from './case-list.tsx'
import { ListHead } from './list-head.tsx'
import styles from './list-pane.module.css'
import type { ListCursor } from './use-list-cursor.ts'
import { emptyWords, listWords } from './words.ts'

export interface ListPaneProps {
  readonly cases: ReturnType<typeof useCaseList>
  readonly cursor: ListCursor
  readonly bulk: ReturnType<typeof useBulk>
}

/** Views, search, filters, the cases, and what can be done to the picked ones. */
export function ListPane({ cases, cursor, bulk }: ListPaneProps) {
  const { search } = useDesk()
  const { list, rows, total } = cases
  const picked = rows.filter((row) => cursor.selection.ids.has(row.id))
  return (
    <>
      <ListHead rows={rows} />
      <p role="status" className={styles.total}>
        {total !== null && !list.isPlaceholderData && listWords.shown(total)}
      </p>
      <ListBody key={JSON.stringify([search.view, search.sort])} cases={cases} cursor={cursor} rows={rows} />
      <BulkRefusals refused={bulk.refused} onClose={bulk.forgetRefused} />
      {picked.length > 0 && <BulkBar rows={picked} bulk={bulk} onClear={cursor.onClear} />}
    </>
  )
}

function ListBody({
  cases,
  cursor,
  rows,
}: Pick<ListPaneProps, 'cases' | 'cursor'> & { readonly rows: readonly CaseRow[] }) {
  const { search, functionTitle } = useDesk()
  const { list, total, isBehind, startAgain } = cases
  if (list.isError && rows.length === 0) {
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  }
  if (list.isPending) {
    return (
      <div className={styles.loading}>
        <Lines rows={12} height={30} />
      </div>
    )
  }
  if (rows.length === 0) return <NoCases />
  return (
    <CaseList
      rows={rows}
      total={total ?? rows.length}
      hasMore={list.hasNextPage}
      isStale={list.isPlaceholderData}
      isBehind={isBehind}
      openId={search.case}
      cursorId={cursor.cursorId}
      picked={cursor.selection.ids}
      functionTitle={functionTitle}
      onMore={() => {
        if (!list.isFetching) void list.fetchNextPage()
      }}
      onPress={cursor.onPress}
      onStartAgain={startAgain}
    />
  )
}

function NoCases() {
  const { search } = useDesk()
  const isNarrowed = setFilters(search).length > 0 || search.q !== undefined
  if (isNarrowed) return <EmptyState title={listWords.noMatch}>{listWords.noMatchText}</EmptyState>
  const words = emptyWords[search.view ?? 'open']
  return <EmptyState title={words.title}>{words.text}</EmptyState>
}
