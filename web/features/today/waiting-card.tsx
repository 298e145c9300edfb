import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { TodayView } from '../../../contract/reports.ts'
import { useFunctionTitle, useSession } from '../../session.ts'
import { ClockBadge } from '../../ui/clock-badge.tsx'
import { Card } from '../../ui/page.tsx'
import { useNow } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { sayDuration, sayExact } from '../../ui/say-time.ts'
import { EmptyState } from '../../ui/states.tsx'
import styles from './today.module.css'
import { words } from './words.ts'

type Waiting = TodayView['waiting']

export function WaitingCard({ waiting }: { readonly waiting: Waiting }) {
  const { slug } = useSession()
  const first = waiting.longest[0]
  if (first === undefined) {
    return (
      <Card className={styles.waiting}>
        <EmptyState title={words.waitingNobody} isSmall>
          {words.waitingNobodyAbout}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card
      className={styles.waiting}
      title={words.waiting(waiting.total, waiting.late)}
      about={words.longest}
      actions={
        <Button
          component={Link}
          to={`/w/${slug}/desk?case=${first.caseId}`}
          rightSection={<IconArrowRight size={16} aria-hidden />}
        >
          {words.goToLongest}
        </Button>
      }
    >
      <ol className={styles.waits}>
        {waiting.longest.slice(0, 7).map((row) => (
          <WaitingRow key={row.caseId} row={row} slug={slug} />
        ))}
      </ol>
      <Link
        to="/w/$workspace/desk"
        params={{ workspace: slug }}
        search={{ waiting: 'yes' }}
        className={styles.more}
      >
        {words.allWaiting}
      </Link>
    </Card>
  )
}

interface WaitingRowProps {
  readonly row: Waiting['longest'][number]
  readonly slug: string
}

function WaitingRow({ row, slug }: WaitingRowProps) {
  const since = Date.parse(row.waitingSince)
  const waited = Math.max(0, (useNow() - since) / 1000)
  const title = useFunctionTitle()
  return (
    <li>
      <Link
        to="/w/$workspace/desk"
        params={{ workspace: slug }}
        search={{ case: row.caseId }}
        className={styles.wait}
      >
        <time dateTime={row.waitingSince} title={sayExact(since)} className={styles.waited}>
          {sayDuration(waited)}
        </time>
        <span className={styles.who}>
          <SafeText text={row.person} isInline className={styles.person} />
          <SafeText text={row.preview} isInline className={styles.preview} />
        </span>
        <span className={styles.function}>{title(row.function)}</span>
        <span className={styles.clock}>
          <ClockBadge dueAt={row.dueAt} />
        </span>
      </Link>
    </li>
  )
}
