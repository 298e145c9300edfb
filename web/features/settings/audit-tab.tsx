import { Alert, Button } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import type { AuditEntry } from '../../../contract/audit.ts'
import { api } from '../../api.ts'
import { notifyError } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { sayExact } from '../../ui/say-time.ts'
import { EmptyState, ErrorState, Lines } from '../../ui/states.tsx'
import { sayAction, sayChange } from './say-change.ts'
import styles from './settings.module.css'
import { auditWords as words } from './words.ts'

export function AuditTab() {
  const entries = useInfiniteQuery(
    api.audit.list.infiniteOptions({
      input: (cursor: string | undefined) => (cursor === undefined ? { limit: 50 } : { limit: 50, cursor }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  )
  const rows = entries.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Card title="Audit trail" about={words.about} actions={<Verify />}>
      {entries.error !== null && <ErrorState error={entries.error} onRetry={() => void entries.refetch()} />}
      {entries.isPending && <Lines rows={8} />}
      {entries.data !== undefined && rows.length === 0 && (
        <EmptyState title={words.empty} isSmall>
          {words.emptyAbout}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label="Audit trail">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{words.when}</th>
                <th scope="col">{words.who}</th>
                <th scope="col">{words.what}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {entries.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={entries.isFetchingNextPage}
          onClick={() => void entries.fetchNextPage()}
        >
          {words.more}
        </Button>
      )}
    </Card>
  )
}

function Entry({ entry }: { readonly entry: AuditEntry }) {
  const changes = sayChange(entry.before, entry.after, entry.names)
  const subject = entry.names[entry.subject.id]
  return (
    <tr>
      <td className="hs-num">{sayExact(Date.parse(entry.at))}</td>
      <td>
        <SafeText text={entry.actor} isInline />
      </td>
      <td>
        <div className={styles.strong}>
          {sayAction(entry.action)}{' '}
          <span className={styles.dim} title={entry.subject.id}>
            <SafeText text={subject ?? ''} isInline />
          </span>
        </div>
        <ul className={styles.changes}>
          {changes.map((change) => (
            <li key={change.name}>
              <span className={styles.dim}>{change.name}:</span>{' '}
              {change.before !== undefined && (
                <>
                  <del>
                    <SafeText text={change.before} isInline />
                  </del>{' '}
                  →{' '}
                </>
              )}
              <SafeText text={change.after ?? '–'} isInline />
            </li>
          ))}
        </ul>
      </td>
    </tr>
  )
}

function Verify() {
  const verify = useMutation({ mutationFn: () => api.audit.verify.call(), onError: notifyError })
  const result = verify.data
  return (
    <div>
      <Button variant="default" size="xs" loading={verify.isPending} onClick={() => verify.mutate()}>
        {words.verify}
      </Button>
      {result !== undefined && (
        <Alert color={result.isIntact ? 'green' : 'red'} mt="xs" p="xs" role="status">
          {result.isIntact ? words.intact(result.entries) : words.broken(result.brokenAt ?? '?')}
        </Alert>
      )}
    </div>
  )
}
