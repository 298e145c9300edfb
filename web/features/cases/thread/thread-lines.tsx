import { IconNote } from '@tabler/icons-react'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { SafeText } from '../../../ui/safe-text.tsx'
import { sayDay } from './say-day.ts'
import styles from './thread-lines.module.css'
import type { CaseEvent, Note } from './thread-items.ts'
import { threadWords } from './words.ts'

export function DayLine({ at, now }: { readonly at: string; readonly now: number }) {
  return (
    <h3 className={styles.day}>
      <time dateTime={at}>{sayDay(new Date(at), new Date(now), threadWords)}</time>
    </h3>
  )
}

export function UnreadLine({ count }: { readonly count: number }) {
  return (
    <p className={styles.unread} data-item="unread">
      <span>{threadWords.unread(count)}</span>
    </p>
  )
}

/** What happened to the case: one thin line. */
export function EventLine({ event }: { readonly event: CaseEvent }) {
  return (
    <p className={styles.event}>
      <span>
        {event.by !== null && <SafeText text={event.by} isInline />} {event.what}
      </span>
      <RelativeTime at={event.at} isShort />
    </p>
  )
}

/** Words among colleagues, on their own surface: nobody outside sees them. */
export function NoteItem({ note }: { readonly note: Note }) {
  return (
    <article className={styles.note} aria-label={`${threadWords.note}, ${note.by}`}>
      <header>
        <IconNote size={14} aria-hidden />
        <SafeText text={note.by} isInline className={styles.noteBy} />
        <span className={styles.noteKind}>{threadWords.note}</span>
        <RelativeTime at={note.at} />
      </header>
      <SafeText text={note.text} />
    </article>
  )
}
