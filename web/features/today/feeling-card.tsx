import { Link } from '@tanstack/react-router'
import type { Sentiment } from '../../../contract/reading.ts'
import type { TodayView } from '../../../contract/reports.ts'
import { useSession } from '../../session.ts'
import { Card } from '../../ui/page.tsx'
import { sayShare } from '../../ui/say-figures.ts'
import { SentimentMark } from '../../ui/sentiment-mark.tsx'
import { feelingChange, type FeelingChange } from './feeling-change.ts'
import { SmallSeries } from './small-series.tsx'
import styles from './today.module.css'
import { words } from './words.ts'

const feelings: readonly Sentiment[] = ['negative', 'neutral', 'positive']

/** Three small pictures with one scale, so that they can be compared. */
export function FeelingCard({ days }: { readonly days: TodayView['feeling'] }) {
  const changes = feelings.map((feeling) => ({ feeling, change: feelingChange(days, feeling) }))
  const top = Math.max(0.1, ...changes.flatMap(({ change }) => change.shares.map((share) => share ?? 0)))
  return (
    <Card className={styles.wide} title={words.feelingTitle} about={words.feelingAbout}>
      <div className={styles.feelings}>
        {changes.map(({ feeling, change }) => (
          <Feeling key={feeling} feeling={feeling} change={change} top={top} days={days} />
        ))}
      </div>
    </Card>
  )
}

interface FeelingProps {
  readonly feeling: Sentiment
  readonly change: FeelingChange
  readonly top: number
  readonly days: TodayView['feeling']
}

function Feeling({ feeling, change, top, days }: FeelingProps) {
  const { slug } = useSession()
  return (
    <div>
      <div className={styles.feelingHead}>
        <SentimentMark sentiment={feeling} withWord size={16} />
        <Link
          to="/w/$workspace/measure/outcome"
          params={{ workspace: slug }}
          search={{ records: 'yes', before: feeling }}
          className={styles.feelingNow}
          aria-label={`${sayShare(change.now)}, show what people wrote`}
        >
          {sayShare(change.now)}
        </Link>
      </div>
      <SmallSeries shares={change.shares} days={days.map((day) => day.day)} top={top} tone={feeling} />
      <div className={styles.dim}>{sayChange(change)}</div>
    </div>
  )
}

function sayChange(change: FeelingChange): string {
  const of = `n = ${change.n.toLocaleString()}`
  if (change.difference === null) return change.n === 0 ? words.noWords : of
  if (!change.isClear) return `${words.noClearChange} · ${of}`
  const points = (value: number): string => (Math.abs(value) * 100).toFixed(1)
  const way = change.difference > 0 ? 'up' : 'down'
  const [from, to] = [points(change.low), points(change.high)].toSorted((a, b) => Number(a) - Number(b))
  return `${way} ${points(change.difference)} points (${from}–${to}) · ${of}`
}
