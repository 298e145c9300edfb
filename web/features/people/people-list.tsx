import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import type { PersonRow } from '../../../contract/people.ts'
import { useSession } from '../../session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { Chip } from '../../ui/chip.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { SentimentMark } from '../../ui/sentiment-mark.tsx'
import styles from './people-page.module.css'
import type { usePeople } from './use-people.ts'
import { lifecycleTitles, listWords } from './words.ts'

const rowHeight = 52

/** The people in sight; j, k and the arrows move, Enter opens. */
export function PeopleList({ people: { list, rows } }: { readonly people: ReturnType<typeof usePeople> }) {
  const frame = useRef<HTMLUListElement>(null)
  const { virtual, items, top } = usePeopleRows(frame, rows, list)

  function handleKey(event: KeyboardEvent): void {
    const by = stepOf(event.key)
    const at = event.target instanceof HTMLElement ? Number(event.target.dataset['person']) : Number.NaN
    if (by === 0 || !Number.isInteger(at)) return
    event.preventDefault()
    const next = Math.min(rows.length - 1, Math.max(0, at + by))
    virtual.scrollToIndex(next, { align: 'auto' })
    requestAnimationFrame(() => frame.current?.querySelector<HTMLElement>(`[data-person="${next}"]`)?.focus())
  }

  return (
    <div className={styles.table} data-stale={list.isPlaceholderData || undefined}>
      <Columns />
      {/* Keys move between the links within. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul
        ref={frame}
        aria-label={listWords.list}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={handleKey}
      >
        {items.map((item) => {
          const row = rows[item.index]
          return (
            row !== undefined && (
              <li
                key={item.key}
                aria-setsize={list.hasNextPage ? -1 : rows.length}
                aria-posinset={item.index + 1}
                style={{ transform: `translateY(${item.start - top}px)` }}
              >
                <Row row={row} index={item.index} />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

function usePeopleRows(
  frame: RefObject<HTMLUListElement | null>,
  rows: readonly PersonRow[],
  list: ReturnType<typeof usePeople>['list'],
) {
  const [top, setTop] = useState(0)
  useEffect(() => {
    if (frame.current !== null) setTop(frame.current.getBoundingClientRect().top + window.scrollY)
  }, [frame])
  // The rows are drawn anew with each scroll; nothing of it is memoised.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  const { hasNextPage, isFetching, fetchNextPage } = list
  useEffect(() => {
    if (hasNextPage && !isFetching && last >= rows.length - 20) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage, last, rows.length])
  return { virtual, items, top }
}

function Columns() {
  return (
    <div className={styles.columns} aria-hidden>
      <span>{listWords.name}</span>
      <span>{listWords.lifecycle}</span>
      <span>{listWords.feeling}</span>
      <span className={styles.number}>{listWords.engagements}</span>
      <span className={styles.number}>{listWords.openCases}</span>
      <span className={styles.number}>{listWords.lastSeen}</span>
    </div>
  )
}

function stepOf(key: string): -1 | 0 | 1 {
  if (key === 'j' || key === 'ArrowDown') return 1
  return key === 'k' || key === 'ArrowUp' ? -1 : 0
}

function Row({ row, index }: { readonly row: PersonRow; readonly index: number }) {
  const { slug } = useSession()
  return (
    <Link
      to="/w/$workspace/people/$personId"
      params={{ workspace: slug, personId: row.id }}
      className={styles.row}
      data-person={index}
    >
      <span className={styles.who}>
        <Avatar name={row.name} of="person" size={28} />
        <SafeText text={row.name} isInline className={styles.name} />
        <span className={styles.channels}>
          {row.channels.map((channel) => (
            <ChannelMark key={channel} channel={channel} />
          ))}
        </span>
      </span>
      <span className={styles.lifecycle}>
        {row.lifecycle !== 'unknown' && <Chip>{lifecycleTitles[row.lifecycle]}</Chip>}
      </span>
      <span>{row.lastSentiment !== null && <SentimentMark sentiment={row.lastSentiment} withWord />}</span>
      <span className={styles.number} data-column="engagements">
        <span aria-hidden>{row.engagements.toLocaleString()}</span>
        <span className="hs-visually-hidden">{listWords.engagementsOf(row.engagements)}</span>
      </span>
      <span className={styles.number} data-open={row.openCases > 0 || undefined}>
        <span aria-hidden>{row.openCases > 0 ? row.openCases.toLocaleString() : '–'}</span>
        <span className="hs-visually-hidden">{listWords.casesOf(row.openCases)}</span>
      </span>
      <span className={styles.number}>
        <RelativeTime at={row.lastSeenAt} />
      </span>
    </Link>
  )
}
