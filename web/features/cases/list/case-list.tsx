import { IconArrowUp } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import type { CaseRow as Row } from '../../../../contract/cases.ts'
import styles from './case-list.module.css'
import { CaseRow } from './case-row.tsx'
import { pressOfClick, pressOfKey, type RowPress } from './row-press.ts'
import { rowHeight, useCaseRows } from './use-case-rows.ts'
import { useHoldStill } from './use-hold-still.ts'
import { listWords } from './words.ts'

export interface CaseListProps {
  readonly rows: readonly Row[]
  readonly total: number
  readonly hasMore: boolean
  readonly isStale: boolean
  readonly isBehind: boolean
  readonly openId: string | undefined
  readonly cursorId: string | null
  readonly picked: ReadonlySet<string>
  readonly functionTitle: (key: string) => string
  readonly onMore: () => void
  readonly onPress: (id: string, press: RowPress) => void
  readonly onStartAgain: () => void
}

const optionId = (id: string) => `case-${id}`

/** The list of cases: only the rows in sight are drawn; one stop for Tab, the arrows move within. */
export function CaseList(props: CaseListProps) {
  const { rows, cursorId, picked } = props
  const box = useRef<HTMLDivElement>(null)
  const ids = useMemo(() => rows.map((row) => row.id), [rows])
  const { arrived, handleScroll, toTop } = useHoldStill(box, ids, rowHeight)
  const { items, height } = useCaseRows(box, ids, props)
  const isCursorShown = cursorId !== null && items.some((item) => rows[item.index]?.id === cursorId)

  function handlePill(): void {
    if (props.isBehind) props.onStartAgain()
    toTop()
  }

  return (
    <div className={styles.frame} data-stale={props.isStale || undefined}>
      {(arrived > 0 || props.isBehind) && (
        <button type="button" className={styles.pill} onClick={handlePill}>
          <IconArrowUp size={14} aria-hidden />
          {props.isBehind ? listWords.changed : listWords.arrived(arrived)}
        </button>
      )}
      <div
        ref={box}
        id="case-list"
        className={styles.box}
        role="listbox"
        aria-label={listWords.cases}
        aria-multiselectable
        aria-activedescendant={isCursorShown ? optionId(cursorId) : undefined}
        tabIndex={0}
        onScroll={handleScroll}
        onMouseDown={(event) => event.shiftKey && event.preventDefault()}
        onClick={(event) => {
          const pressed = pressOfClick(event)
          if (pressed !== null) props.onPress(pressed.id, pressed.press)
        }}
        onKeyDown={(event) => {
          const press = pressOfKey(event)
          if (press === null || cursorId === null) return
          event.preventDefault()
          props.onPress(cursorId, press)
        }}
      >
        <div role="presentation" style={{ height, position: 'relative' }}>
          {items.map((item) => (
            <Option
              key={item.key}
              item={item}
              list={props}
              row={rows[item.index]}
              isPicking={picked.size > 0}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

interface OptionProps {
  readonly item: { readonly index: number; readonly start: number }
  readonly row: Row | undefined
  readonly list: CaseListProps
  readonly isPicking: boolean
}

function Option({ item, row, list, isPicking }: OptionProps) {
  const style = { transform: `translateY(${item.start}px)` }
  if (row === undefined) return <div role="presentation" className={styles.more} style={style} />
  const isPicked = list.picked.has(row.id)
  return (
    <div
      id={optionId(row.id)}
      data-id={row.id}
      role="option"
      className={styles.option}
      style={style}
      aria-selected={isPicked}
      aria-current={row.id === list.openId || undefined}
      aria-posinset={item.index + 1}
      aria-setsize={list.total}
    >
      <CaseRow
        row={row}
        functionTitle={list.functionTitle(row.function)}
        isOpen={row.id === list.openId}
        isCursor={row.id === list.cursorId}
        isPicked={isPicked}
        isPicking={isPicking}
      />
    </div>
  )
}
