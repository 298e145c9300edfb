import { IconArrowBackUp, IconPaperclip } from '@tabler/icons-react'
import type { Engagement } from '../../../../contract/engagements.ts'
import { SafeText } from '../../../ui/safe-text.tsx'
import { sayExact } from '../../../ui/say-time.ts'
import { DeliveryMark } from './delivery-mark.tsx'
import styles from './message.module.css'
import { ReadingChips } from './reading-chips.tsx'
import { threadWords } from './words.ts'

export interface MessageProps {
  readonly engagement: Engagement
  /** The link that was followed names this message. */
  readonly isMarked: boolean
}

/** One engagement as it was said, with what was understood or how its delivery stands. */
export function Message({ engagement, isMarked }: MessageProps) {
  const { id, text, subject, deletedAt, editedAt, direction, delivery } = engagement
  return (
    <div className={styles.message} data-item={id} data-marked={isMarked || undefined}>
      {engagement.isParentMissing && (
        <p className={styles.missing}>
          <IconArrowBackUp size={13} aria-hidden /> {threadWords.parentMissing}
        </p>
      )}
      <div className={styles.bubble} data-deleted={deletedAt !== null || undefined}>
        {subject !== null && subject !== '' && (
          <SafeText text={subject} isInline className={styles.subject} />
        )}
        {text !== '' && <SafeText text={text} lang={engagement.language} />}
        <Media engagement={engagement} />
      </div>
      {deletedAt !== null && (
        <p className={styles.missing} title={sayExact(Date.parse(deletedAt))}>
          {threadWords.deleted}
        </p>
      )}
      <div className={styles.foot}>
        {editedAt !== null && <span title={sayExact(Date.parse(editedAt))}>{threadWords.edited}</span>}
        {direction === 'in' && <ReadingChips engagement={engagement} />}
        {delivery !== null && <DeliveryMark id={id} delivery={delivery} />}
      </div>
    </div>
  )
}

function Media({ engagement }: { readonly engagement: Engagement }) {
  if (engagement.media.length === 0) return null
  return (
    <ul className={styles.media}>
      {engagement.media.map((item, index) => (
        <li key={item.url}>
          <a href={item.url} target="_blank" rel="noopener noreferrer ugc" referrerPolicy="no-referrer">
            <IconPaperclip size={13} aria-hidden /> {item.alt || `${threadWords.media} ${index + 1}`}
          </a>
        </li>
      ))}
    </ul>
  )
}
