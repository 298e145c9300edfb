import { Link } from '@tanstack/react-router'
import type { TodayView } from '../../../contract/reports.ts'
import { useSession } from '../../session.ts'
import { Card } from '../../ui/page.tsx'
import { sayCount, sayShare } from '../../ui/say-figures.ts'
import { sayDuration } from '../../ui/say-time.ts'
import styles from './today.module.css'
import { words } from './words.ts'

export function FunctionsCard({ functions }: { readonly functions: TodayView['functions'] }) {
  const { slug } = useSession()
  return (
    <Card title={words.functionsTitle} about={words.functionsAbout} className={styles.functions}>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.functionsTitle}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Function</th>
              <th scope="col">Open</th>
              <th scope="col">Late</th>
              <th scope="col">Answered</th>
              <th scope="col">Median time</th>
            </tr>
          </thead>
          <tbody>
            {functions.map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  <Link to="/w/$workspace/desk" params={{ workspace: slug }} search={{ function: row.key }}>
                    {row.title}
                  </Link>
                </th>
                <td>{sayCount(row.open)}</td>
                <td data-late={row.late > 0 || undefined}>
                  {row.late > 0 ? (
                    <Link
                      to="/w/$workspace/desk"
                      params={{ workspace: slug }}
                      search={{ function: row.key, late: 'yes' }}
                    >
                      {sayCount(row.late)}
                    </Link>
                  ) : (
                    '0'
                  )}
                </td>
                <td>{sayShare(row.answeredShare, 0)}</td>
                <td>{sayDuration(row.medianSeconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
