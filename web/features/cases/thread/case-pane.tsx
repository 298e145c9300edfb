import { useState } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { isOutOfReach } from '../../../error-words.ts'
import { ErrorState, Lines } from '../../../ui/states.tsx'
import { Composer } from '../composer/composer.tsx'
import type { DraftMode } from '../composer/draft.ts'
import type { AfterSending } from '../composer/use-send.ts'
import { useCase, useThread } from '../use-case.ts'
import { CaseHeader } from './case-header.tsx'
import styles from './case-pane.module.css'
import { ThreadView } from './thread-view.tsx'
import { useCaseKeys } from './use-case-keys.ts'
import { WhyHere } from './why-here.tsx'

export interface CasePaneProps {
  readonly id: string
  readonly onResolve: (detail: CaseDetail) => void
  readonly onSent: (detail: CaseDetail, then: AfterSending) => void
}

/** The open case: how it stands, why it is here, what was said, and where to answer. */
export function CasePane({ id, onResolve, onSent }: CasePaneProps) {
  const detail = useCase(id)
  // Otherwise a hiccup, or a session that ended, would take away what is being written.
  if (detail.isError && (detail.data === undefined || isOutOfReach(detail.error)))
    return <ErrorState error={detail.error} onRetry={() => void detail.refetch()} />
  if (detail.data === undefined) {
    return (
      <div className={styles.loading}>
        <Lines rows={9} height={22} />
      </div>
    )
  }
  return <LoadedCase detail={detail.data} onResolve={onResolve} onSent={onSent} />
}

function LoadedCase({
  detail,
  onResolve,
  onSent,
}: Omit<CasePaneProps, 'id'> & { readonly detail: CaseDetail }) {
  const thread = useThread(detail.id)
  const [mode, setMode] = useState<DraftMode>('reply')
  useCaseKeys(detail, { onResolve, onMode: setMode })
  return (
    <>
      <CaseHeader detail={detail} onResolve={() => onResolve(detail)} />
      <WhyHere detail={detail} />
      <ThreadView detail={detail} thread={thread} />
      {thread.query.data !== undefined && (
        <Composer
          detail={detail}
          engagements={thread.engagements}
          mode={mode}
          onMode={setMode}
          onSent={(then) => onSent(detail, then)}
        />
      )}
    </>
  )
}
