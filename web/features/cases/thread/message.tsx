import { IconArrowBackUp, IconHeart, IconPaperclip, IconRepeat, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Engagement } from '../../../../contract/engagements.ts'
import { SafeText } from '../../../ui/safe-text.tsx'
import { sayExact } from '../../../ui/say-time.ts'
import { keptPicture, Pictures } from '../../replies/pictures.tsx'
import { ChangeMark, DeliveryMark } from './delivery-mark.tsx'
import { EditForm } from './edit-form.tsx'
import { MessageActions } from './message-actions.tsx'
import styles from './message.module.css'
import { Original } from './original.tsx'
import { ReadingChips } from './reading-chips.tsx'
import { threadWords } from './words.ts'

export interface MessageProps {
  readonly engagement: Engagement
  /** The link that was followed names this message. */
  readonly isMarked: boolean
}

/** One engagement as it was said, with what was understood or how its delivery stands. */
export function Message({ engagement, isMarked }: MessageProps) {
  const { id, deletedAt, editedAt, direction, delivery, change } = engagement
  const [isEditing, setIsEditing] = useState(false)
  return (
    <div className={styles.message} data-item={id} data-marked={isMarked || undefined}>
      {engagement.isParentMissing && (
        <p className={styles.missing}>
          <IconArrowBackUp size={13} aria-hidden /> {threadWords.parentMissing}
        </p>
      )}
      {isEditing ? (
        <EditForm engagement={engagement} onClose={() => setIsEditing(false)} />
      ) : (
        <Words engagement={engagement} />
      )}
      {deletedAt !== null && (
        <p className={styles.missing} title={sayExact(Date.parse(deletedAt))}>
          {direction === 'out' ? threadWords.deletedByUs : threadWords.deleted}
        </p>
      )}
      <div className={styles.foot}>
        {editedAt !== null && <span title={sayExact(Date.parse(editedAt))}>{threadWords.edited}</span>}
        {direction === 'in' && !isSign(engagement) && <ReadingChips engagement={engagement} />}
        {delivery !== null && isToldOf(engagement) && (
          <DeliveryMark engagement={engagement} delivery={delivery} />
        )}
        {change !== null && <ChangeMark id={id} change={change} />}
        {!isEditing && <MessageActions engagement={engagement} onEdit={() => setIsEditing(true)} />}
      </div>
    </div>
  )
}

/** What became of words that are gone, or of a sign that stands, goes without saying. */
function isToldOf(engagement: Engagement): boolean {
  const { delivery, deletedAt } = engagement
  return deletedAt === null && !(isSign(engagement) && delivery?.state === 'sent')
}

function isSign({ type, text }: Engagement): boolean {
  return type in threadWords.signs && text === ''
}

function Words({ engagement }: { readonly engagement: Engagement }) {
  const { text, subject, deletedAt, type } = engagement
  if (isSign(engagement)) {
    const Glyph = signGlyphs[signOf(type)]
    return (
      <p className={styles.sign}>
        <Glyph size={14} aria-hidden /> {threadWords.signs[signOf(type)]}
      </p>
    )
  }
  // A tombstone has no words to show.
  if (deletedAt !== null && text === '') return null
  return (
    <div className={styles.bubble} data-deleted={deletedAt !== null || undefined}>
      {subject !== null && subject !== '' && <SafeText text={subject} isInline className={styles.subject} />}
      {text !== '' && <SafeText text={text} lang={engagement.language} />}
      <Media engagement={engagement} />
      <Original engagement={engagement} />
    </div>
  )
}

type Sign = keyof typeof threadWords.signs
const signGlyphs = { Like: IconHeart, Announce: IconRepeat, Follow: IconUserPlus } as const

function signOf(type: string): Sign {
  return type === 'Like' || type === 'Announce' ? type : 'Follow'
}

function Media({ engagement }: { readonly engagement: Engagement }) {
  const others = engagement.media.filter((item) => keptPicture(item) === null)
  return (
    <>
      <Pictures media={engagement.media} />
      {others.length > 0 && <MediaLinks media={others} />}
    </>
  )
}

function MediaLinks({ media }: { readonly media: Engagement['media'] }) {
  return (
    <ul className={styles.media}>
      {media.map((item, index) => (
        <li key={item.url}>
          <a href={item.url} target="_blank" rel="noopener noreferrer ugc" referrerPolicy="no-referrer">
            <IconPaperclip size={13} aria-hidden /> {item.alt || `${threadWords.media} ${index + 1}`}
          </a>
        </li>
      ))}
    </ul>
  )
}
