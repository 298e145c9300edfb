import { useQuery } from '@tanstack/react-query'
import type { ImportRun } from '../../../contract/engagements.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { SafeText } from '../../ui/safe-text.tsx'
import { ErrorState, Lines } from '../../ui/states.tsx'
import styles from './imports.module.css'
import { words } from './words.ts'

/** The first refused lines with their reasons; the CSV has all of them. */
export function Refusals({ run }: { readonly run: ImportRun }) {
  const { slug } = useSession()
  const refusals = useQuery(api.imports.refusals.queryOptions({ input: { id: run.id, limit: 200 } }))
  if (refusals.error !== null)
    return <ErrorState error={refusals.error} onRetry={() => void refusals.refetch()} />
  if (refusals.isPending) return <Lines rows={4} />
  return (
    <div className={styles.refusals}>
      <a href={`/api/v1/imports/${run.id}/refusals.csv?workspace=${encodeURIComponent(slug)}`} download>
        {words.refusalsCsv}
      </a>
      <div className={styles.scroll} tabIndex={0} role="region" aria-label={words.refusals}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.line}</th>
              <th scope="col">{words.reason}</th>
              <th scope="col">{words.excerpt}</th>
            </tr>
          </thead>
          <tbody>
            {refusals.data.items.map((item, index) => (
              <tr key={`${item.line} ${index}`}>
                <td className="hs-num">{item.line.toLocaleString()}</td>
                <td>{item.reason}</td>
                <td className={styles.excerpt}>
                  <SafeText text={item.excerpt} isInline />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
