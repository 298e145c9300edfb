import {
  IconActivity,
  IconArrowUpRight,
  IconNote,
  IconPointFilled,
  IconStarFilled,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Engagement } from '../../../contract/engagements.ts'
import type { TimelineItem } from '../../../contract/people.ts'
import { useSession } from '../../session.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { Chip } from '../../ui/chip.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { SentimentMark } from '../../ui/sentiment-mark.tsx'
import styles from './timeline.module.css'
import { timelineWords } from './words.ts'

/** One thing between a person and us. */
export function TimelineEntry({ item }: { readonly item: TimelineItem }) {
  switch (item.type) {
    case 'engagement':
      return <Said engagement={item.engagement} />
    case 'case':
      return (
        <p className={styles.thin}>
          <IconPointFilled size={12} aria-hidden />
          <CaseLink id={item.caseId}>{timelineWords.caseNumber(item.number)}</CaseLink>
          <span>
            {item.by !== null && <SafeText text={item.by} isInline />} {item.what}
          </span>
          <RelativeTime at={item.at} />
        </p>
      )
    case 'note':
      return (
        <article className={styles.note}>
          <header>
            <IconNote size={14} aria-hidden />
            <SafeText text={timelineWords.noteBy(item.by)} isInline className={styles.author} />
            <RelativeTime at={item.at} />
            <CaseLink id={item.caseId} />
          </header>
          <SafeText text={item.text} />
        </article>
      )
    case 'survey':
      return (
        <article className={styles.survey}>
          <header>
            <IconStarFilled size={14} aria-hidden />
            <span className={styles.author}>{timelineWords.rated(item.score)}</span>
            <RelativeTime at={item.at} />
            <CaseLink id={item.caseId} />
          </header>
          {item.comment !== '' && <SafeText text={item.comment} />}
        </article>
      )
    case 'event':
      return <Done event={item} />
  }
}

function Done({ event }: { readonly event: Extract<TimelineItem, { type: 'event' }> }) {
  const what = event.kind === 'page' ? timelineWords.page(event.name || event.url || '') : event.name
  return (
    <p className={styles.thin} title={event.url ?? undefined}>
      <IconActivity size={12} aria-hidden />
      <SafeText text={what} isInline />
      {event.detail !== '' && <SafeText text={event.detail} isInline />}
      <SafeText text={event.site} isInline />
      <RelativeTime at={event.at} />
    </p>
  )
}

function Said({ engagement }: { readonly engagement: Engagement }) {
  const { author, direction, sentiment, subject, text, caseId, editedAt, deletedAt } = engagement
  return (
    <article className={styles.said} data-direction={direction}>
      <header>
        <ChannelMark channel={engagement.channel} />
        <SafeText text={author.name} isInline className={styles.author} />
        {direction === 'out' && <Chip tone="accent">{timelineWords.us}</Chip>}
        {direction === 'in' && sentiment !== null && (
          <SentimentMark sentiment={sentiment} isUnsure={engagement.isSentimentUnsure} />
        )}
        {editedAt !== null && <span>{timelineWords.edited}</span>}
        {deletedAt !== null && <span>{timelineWords.deleted}</span>}
        <RelativeTime at={engagement.publishedAt} />
        {caseId !== null && <CaseLink id={caseId} at={engagement.id} />}
      </header>
      {subject !== null && subject !== '' && <SafeText text={subject} isInline className={styles.subject} />}
      <SafeText text={text} lang={engagement.language} />
    </article>
  )
}

interface CaseLinkProps {
  readonly id: string
  /** The engagement to show there. */
  readonly at?: string
  /** Left out: an arrow. */
  readonly children?: string
}

function CaseLink({ id, at, children }: CaseLinkProps) {
  const { slug } = useSession()
  const search = { view: 'all', case: id, ...(at === undefined ? {} : { at }) }
  return (
    <Link
      to="/w/$workspace/desk"
      params={{ workspace: slug }}
      search={search}
      className={styles.caseLink}
      title={timelineWords.openCase}
    >
      {children ?? <IconArrowUpRight size={15} aria-label={timelineWords.openCase} />}
    </Link>
  )
}
