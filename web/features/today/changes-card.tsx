import { Link } from '@tanstack/react-router'
import type { TodayView } from '../../../contract/reports.ts'
import { useSession } from '../../session.ts'
import { Card } from '../../ui/page.tsx'
import styles from './today.module.css'
import { labelWords, words } from './words.ts'

export function ChangesCard({ changes }: { readonly changes: TodayView['changes'] }) {
  const { slug } = useSession()
  return (
    <Card title={words.changesTitle} about={words.changesAbout} className={styles.side}>
      {changes.length === 0 && <p className={styles.dim}>{words.changesNone}</p>}
      <ul className={styles.changes}>
        {changes.map((change) => (
          <li key={change.label}>
            <Link
              to="/w/$workspace/measure/response"
              params={{ workspace: slug }}
              search={{ intent: change.label, records: 'yes' }}
            >
              {labelWords[change.label] ?? change.label}
            </Link>
            <span className={styles.ratio}>{sayRatio(change.ratio)}</span>
            <span className={styles.counts}>
              {change.now.toLocaleString()} instead of about {Math.round(change.expected).toLocaleString()}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function sayRatio(ratio: number): string {
  if (!Number.isFinite(ratio)) return 'new'
  const percent = Math.round((ratio - 1) * 100)
  return percent >= 0 ? `+${percent}%` : `−${-percent}%`
}
