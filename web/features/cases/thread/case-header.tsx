import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconCheck, IconLayoutSidebarRight, IconRotate } from '@tabler/icons-react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { SafeText } from '../../../ui/safe-text.tsx'
import { CaseMenu } from '../actions/case-menu.tsx'
import { CaseSnooze } from '../actions/case-snooze.tsx'
import { actionWords } from '../actions/words.ts'
import { asideWords } from '../aside/words.ts'
import { useDesk } from '../desk-context.ts'
import styles from './case-header.module.css'
import { CaseProperties } from './case-properties.tsx'
import { threadWords } from './words.ts'

export interface CaseHeaderProps {
  readonly detail: CaseDetail
  readonly onResolve: () => void
}

/** Who, which case, how it stands, and what can be done. */
export function CaseHeader({ detail, onResolve }: CaseHeaderProps) {
  const { change, search, can } = useDesk()
  const isResolved = detail.status === 'resolved'
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={styles.back}
          aria-label={threadWords.back}
          onClick={() => change({ case: undefined, panel: undefined, at: undefined })}
        >
          <IconArrowLeft size={18} />
        </ActionIcon>
        <h2 className={styles.name} tabIndex={-1} id="case-title">
          <SafeText text={detail.person.name} isInline />
          <span className={styles.number}>#{detail.number}</span>
        </h2>
        <div className={styles.actions}>
          <CaseSnooze detail={detail} />
          <Tooltip label={`${isResolved ? actionWords.reopen : actionWords.resolve} (e)`}>
            <Button
              size="compact-md"
              variant={isResolved ? 'default' : 'filled'}
              leftSection={isResolved ? <IconRotate size={15} /> : <IconCheck size={15} />}
              disabled={!can('cases.work')}
              onClick={onResolve}
            >
              {isResolved ? actionWords.reopen : actionWords.resolve}
            </Button>
          </Tooltip>
          <CaseMenu detail={detail} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            className={styles.person}
            aria-label={asideWords.person}
            aria-pressed={search.panel === 'person'}
            onClick={() => change({ panel: search.panel === 'person' ? undefined : 'person' })}
          >
            <IconLayoutSidebarRight size={18} />
          </ActionIcon>
        </div>
      </div>
      <CaseProperties detail={detail} />
    </header>
  )
}
