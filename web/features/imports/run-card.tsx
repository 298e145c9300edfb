import { Alert, Button, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ImportRun } from '../../../contract/engagements.ts'
import { api, queryClient } from '../../api.ts'
import { useSession } from '../../session.ts'
import { Chip, type ChipProps } from '../../ui/chip.tsx'
import { notifyError } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { sayBytes } from '../../ui/say-bytes.ts'
import { SafeText } from '../../ui/safe-text.tsx'
import styles from './imports.module.css'
import { Refusals } from './refusals.tsx'
import { formatWords, stateWords, words } from './words.ts'

const tones: Partial<Record<ImportRun['state'], ChipProps['tone']>> = {
  running: 'accent',
  finishing: 'accent',
  done: 'good',
  failed: 'late',
}

/** One import: progress while it runs, a report when it is done. Live events refresh it. */
export function RunCard({ run }: { readonly run: ImportRun }) {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const isOpen = search['refusals'] === run.id
  const isRunning = run.state === 'waiting' || run.state === 'running' || run.state === 'finishing'
  function handleToggle(): void {
    void navigate({ to: '.', search: isOpen ? {} : { refusals: run.id }, resetScroll: false })
  }
  return (
    <Card
      title={
        <span className={styles.runTitle}>
          <SafeText text={run.fileName} isInline />{' '}
          <Chip tone={tones[run.state]}>{stateWords[run.state]}</Chip>
        </span>
      }
      about={
        <>
          {formatWords[run.format].title} · {sayBytes(run.bytes)} · {words.by(run.startedBy)} ·{' '}
          <RelativeTime at={run.createdAt} />
        </>
      }
      actions={isRunning ? <CancelRun id={run.id} /> : <ToDesk isUseful={run.accepted > 0} />}
    >
      {isRunning && <RunProgress run={run} />}
      {run.error !== null && (
        <Alert color="red" mb="sm">
          {run.error}
        </Alert>
      )}
      <dl className={styles.counts} aria-live="polite">
        <Count count={run.accepted} what={words.accepted} />
        <Count count={run.duplicates} what={words.duplicates} />
        <Count count={run.refused} what={words.refused} isBad />
        {run.pending > 0 && <Count count={run.pending} what={words.pending} />}
      </dl>
      {run.notices.length > 0 && (
        <ul className={styles.notices} aria-label={words.notices}>
          {run.notices.map((notice) => (
            <li key={notice}>{notice}</li>
          ))}
        </ul>
      )}
      {run.refused > 0 && (
        <button type="button" className={styles.link} aria-expanded={isOpen} onClick={handleToggle}>
          {isOpen ? words.hideRefusals : words.showRefusals(run.refused)}
        </button>
      )}
      {isOpen && run.refused > 0 && <Refusals run={run} />}
    </Card>
  )
}

function RunProgress({ run }: { readonly run: ImportRun }) {
  const done = run.accepted + run.duplicates
  const isFinishing = run.state === 'finishing'
  const share = isFinishing
    ? (done - run.pending) / Math.max(1, done)
    : run.bytesRead / Math.max(1, run.bytes)
  return (
    <Progress
      value={Math.round(share * 100)}
      mb="sm"
      aria-label={stateWords[run.state]}
      animated={run.state !== 'waiting'}
    />
  )
}

interface CountProps {
  readonly count: number
  readonly what: string
  readonly isBad?: boolean
}

function Count({ count, what, isBad = false }: CountProps) {
  return (
    <div data-bad={(isBad && count > 0) || undefined}>
      <dd>{count.toLocaleString()}</dd>
      <dt>{what}</dt>
    </div>
  )
}

function CancelRun({ id }: { readonly id: string }) {
  const cancel = useMutation(
    api.imports.cancel.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.imports.key() }),
      onError: notifyError,
    }),
  )
  return (
    <Button
      variant="default"
      size="xs"
      loading={cancel.isPending}
      title={words.cancelRunAbout}
      onClick={() => cancel.mutate({ id })}
    >
      {words.cancelRun}
    </Button>
  )
}

function ToDesk({ isUseful }: { readonly isUseful: boolean }) {
  const { slug } = useSession()
  if (!isUseful) return null
  return (
    <Button variant="default" size="xs" component={Link} to={`/w/${slug}/desk`}>
      {words.toDesk}
    </Button>
  )
}
