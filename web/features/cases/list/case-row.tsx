import { IconCheck, IconMoon } from '@tabler/icons-react'
import { memo } from 'react'
import type { CaseRow as Row } from '../../../../contract/cases.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { ChannelMark } from '../../../ui/channel-mark.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { ClockBadge } from '../../../ui/clock-badge.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { SafeText } from '../../../ui/safe-text.tsx'
import { SentimentMark } from '../../../ui/sentiment-mark.tsx'
import { sayExact } from '../../../ui/say-time.ts'
import { priorityTitles, shortStatusTitles } from '../words.ts'
import { listWords } from './words.ts'
import styles from './case-row.module.css'

export interface CaseRowProps {
  readonly row: Row
  readonly functionTitle: string
  readonly isOpen: boolean
  readonly isCursor: boolean
  readonly isPicked: boolean
  readonly isPicking: boolean
}

/** One case: who, the first words, and how it stands. */
export const CaseRow = memo(function CaseRow(props: CaseRowProps) {
  const { row, isOpen, isCursor, isPicked, isPicking } = props
  return (
    <div
      className={styles.row}
      data-open={isOpen || undefined}
      data-unread={row.isUnread || undefined}
      data-cursor={isCursor || undefined}
      data-picked={isPicked || undefined}
      data-picking={isPicking || undefined}
    >
      <span className={styles.edge} data-edge>
        <span className={styles.box} aria-hidden>
          {isPicked && <IconCheck size={12} stroke={3} />}
        </span>
        <span className={styles.disc} title={row.isWaiting ? listWords.waiting : undefined}>
          <Avatar name={row.person.name} of="person" size={26} isWaiting={row.isWaiting} />
          {row.isWaiting && <span className="hs-visually-hidden">{listWords.waiting}</span>}
        </span>
      </span>
      <span className={styles.head}>
        {row.isUnread && <span className="hs-visually-hidden">{listWords.unread}</span>}
        <SafeText text={row.person.name} isInline className={styles.name} />
        {row.messages > 1 && <span className={styles.messages}>{row.messages}</span>}
        <span className={styles.end}>
          {row.sentiment !== null && <SentimentMark sentiment={row.sentiment} />}
          <ChannelMark channel={row.channel} />
          <RelativeTime at={row.lastActivityAt} isShort />
        </span>
      </span>
      <SafeText text={row.preview} isInline className={styles.preview} />
      <RowFoot row={row} functionTitle={props.functionTitle} />
    </div>
  )
})

function RowFoot({ row, functionTitle }: { readonly row: Row; readonly functionTitle: string }) {
  const isLoud = row.priority === 'urgent' || row.priority === 'high'
  const isStatusTold = row.status !== 'open' && row.status !== 'new'
  return (
    <span className={styles.foot}>
      <ClockBadge dueAt={row.status === 'resolved' ? null : row.dueAt} />
      {isLoud && <span className={styles.priority}>{priorityTitles[row.priority]}</span>}
      {isStatusTold && <span>{shortStatusTitles[row.status]}</span>}
      {row.snoozedUntil !== null && (
        <span
          className={styles.mark}
          title={`${listWords.snoozedUntil} ${sayExact(Date.parse(row.snoozedUntil))}`}
        >
          <IconMoon size={13} aria-label={listWords.snoozedUntil} />
        </span>
      )}
      <span className={styles.function}>{functionTitle}</span>
      {row.tags.slice(0, 2).map((tag) => (
        <Chip key={tag}>{tag}</Chip>
      ))}
      {row.tags.length > 2 && <span>+{row.tags.length - 2}</span>}
      <span className={styles.end}>
        {row.assignee === null ? (
          <span className="hs-visually-hidden">{listWords.unassigned}</span>
        ) : (
          <span className={styles.assignee} title={row.assignee.name}>
            <Avatar name={row.assignee.name} of="member" size={20} />
            <span className="hs-visually-hidden">{row.assignee.name}</span>
          </span>
        )}
      </span>
    </span>
  )
}
