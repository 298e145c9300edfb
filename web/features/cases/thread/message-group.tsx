import type { Engagement } from '../../../../contract/engagements.ts'
import { ChannelMark } from '../../../ui/channel-mark.tsx'
import { Chip } from '../../../ui/chip.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { SafeText } from '../../../ui/safe-text.tsx'
import { initialsOf } from '../../../ui/initials.ts'
import { kindTitles, visibilityTitles } from '../words.ts'
import { Message } from './message.tsx'
import styles from './message.module.css'
import type { MessageGroup as Group } from './thread-items.ts'
import { threadWords } from './words.ts'

/** One run of messages by one author: theirs at the start, ours at the end of the line. */
export function MessageGroup({ group, at }: { readonly group: Group; readonly at: string | undefined }) {
  const first = group.engagements[0]
  if (first === undefined) return null
  return (
    <article className={styles.group} data-direction={first.direction} aria-label={labelOf(first)}>
      <span className={styles.avatar} aria-hidden>
        {initialsOf(first.author.name)}
      </span>
      <div className={styles.body}>
        <GroupHead first={first} />
        {group.engagements.map((engagement) => (
          <Message key={engagement.id} engagement={engagement} isMarked={engagement.id === at} />
        ))}
      </div>
    </article>
  )
}

/** `@name` for a handle; an address or a telephone number as it is. */
function handleOf(handle: string): string {
  return /@|^\+?[\d\s]+$/.test(handle) ? handle : `@${handle}`
}

function labelOf({ author, direction }: Engagement): string {
  return direction === 'out' ? `${author.name}, ${threadWords.us}` : author.name
}

function GroupHead({ first }: { readonly first: Engagement }) {
  const { author, visibility, kind, channel } = first
  const isTouch = kind === 'Call' || kind === 'Visit' || kind === 'Letter' || kind === 'Event'
  return (
    <header className={styles.head}>
      <SafeText text={author.name} isInline className={styles.author} />
      {author.handle !== null && author.handle !== author.name && (
        <SafeText text={handleOf(author.handle)} isInline className={styles.handle} />
      )}
      <ChannelMark channel={channel} size={13} />
      {isTouch ? (
        <Chip>{`${kindTitles[kind]}, ${threadWords.logged}`}</Chip>
      ) : (
        visibility !== 'public' && <Chip>{visibilityTitles[visibility]}</Chip>
      )}
      {visibility === 'public' && !isTouch && (
        <span className="hs-visually-hidden">{visibilityTitles.public}</span>
      )}
      {first.isAutomatic && <Chip>{threadWords.automatic}</Chip>}
      <RelativeTime at={first.publishedAt} />
    </header>
  )
}
