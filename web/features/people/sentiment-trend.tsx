import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { sayExact } from '../../ui/say-time.ts'
import { sentimentWords } from '../../ui/sentiment-mark.tsx'
import styles from './facts.module.css'
import { trendOf } from './trend.ts'
import { personWords } from './words.ts'

const fewest = 2
const most = 24

/** The last feelings as a row of marks: above the line good, below it bad. */
export function SentimentTrend({ personId }: { readonly personId: string }) {
  const { data } = useQuery(api.people.timeline.queryOptions({ input: { id: personId, limit: 60 } }))
  if (data === undefined) return <div className={styles.trend} aria-busy="true" />
  const points = trendOf(data.items, most)
  if (points.length < fewest) return <p className={styles.nothing}>{personWords.trendNone}</p>
  return (
    <>
      <ol className={styles.trend} aria-label={personWords.trendOf(points.length)}>
        {points.map((point) => (
          <li
            key={point.id}
            data-sentiment={point.sentiment}
            title={`${sayExact(Date.parse(point.at))}: ${point.text}`}
          >
            <span className="hs-visually-hidden">{sentimentWords[point.sentiment]}</span>
          </li>
        ))}
      </ol>
      <p className={styles.trendNote}>{personWords.trendOf(points.length)}</p>
    </>
  )
}
