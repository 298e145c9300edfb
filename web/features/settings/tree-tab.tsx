import { useQuery } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { Chip } from '../../ui/chip.tsx'
import { Card } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { ErrorState, Lines } from '../../ui/states.tsx'
import styles from './settings.module.css'
import { readTreeLines } from './tree-lines.ts'
import { treeWords as words } from './words.ts'

export function TreeTab() {
  const tree = useQuery(api.decisions.current.queryOptions())
  const versions = useQuery(api.decisions.versions.queryOptions())
  if (tree.error !== null) return <ErrorState error={tree.error} onRetry={() => void tree.refetch()} />
  if (tree.isPending) return <Lines rows={10} />
  return (
    <>
      <Card title={tree.data.title} about={words.about}>
        <ul className={styles.tree}>
          {readTreeLines(tree.data.text).map((line, index) => (
            <li key={index} style={{ '--depth': line.depth }} data-leaf={line.isLeaf || undefined}>
              <strong>{line.head}</strong>
              {line.rest}
            </li>
          ))}
        </ul>
      </Card>
      <Card title={words.versions}>
        <ul className={styles.list}>
          {versions.data?.items.map((version) => (
            <li key={version.version}>
              <div>
                <span className={styles.strong}>{words.version(version.version)}</span>{' '}
                <span className={styles.dim}>
                  {version.title} · {version.savedBy === null ? words.shipped : words.by(version.savedBy)} ·{' '}
                  <RelativeTime at={version.savedAt} />
                </span>
              </div>
              {version.version === tree.data.version && <Chip tone="good">{words.inForce}</Chip>}
            </li>
          ))}
        </ul>
      </Card>
    </>
  )
}
