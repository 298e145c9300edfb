import {
  IconBan,
  IconCheck,
  IconChecks,
  IconClock,
  IconExclamationCircle,
  IconPlugConnectedX,
  IconSend,
  IconZoomQuestion,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Engagement } from '../../../../contract/engagements.ts'
import { api, client } from '../../../api.ts'
import { notifyError } from '../../../ui/notify.tsx'
import { SafeText } from '../../../ui/safe-text.tsx'
import { sayExact } from '../../../ui/say-time.ts'
import { useDesk } from '../desk-context.ts'
import { OtherWays } from './other-ways.tsx'
import { deliveryTitles } from '../words.ts'
import styles from './message.module.css'
import { threadWords } from './words.ts'

type Delivery = NonNullable<Engagement['delivery']>
type Change = NonNullable<Engagement['change']>

const icons = {
  queued: IconClock,
  sending: IconSend,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  failed: IconExclamationCircle,
  unknown: IconZoomQuestion,
  'not-connected': IconPlugConnectedX,
  cancelled: IconBan,
} as const
/** Their reason says more than the mark. */
const explained = new Set<Delivery['state']>(['queued', 'failed', 'unknown', 'cancelled', 'not-connected'])

interface DeliveryMarkProps {
  readonly engagement: Engagement
  readonly delivery: Delivery
}

/** Whether our words left and what became of them, in a mark and in words; what stopped can be tried again. */
export function DeliveryMark({ engagement, delivery }: DeliveryMarkProps) {
  const { id } = engagement
  const { state, detail, at, isNoticeStopped } = delivery
  const Glyph = icons[state]
  const isSaid = detail !== '' && (explained.has(state) || isNoticeStopped)
  const isStopped = state === 'failed' || isNoticeStopped
  return (
    <span className={styles.delivery} data-state={isStopped ? 'failed' : state}>
      <Glyph size={13} aria-hidden />
      {/* What waits says why, or only that it does. */}
      {(state !== 'queued' || !isSaid) && (
        <span title={sayExact(Date.parse(at))}>
          {deliveryTitles[state]}
          {isSaid && '.'}
        </span>
      )}
      {isSaid && <SafeText text={detail.charAt(0).toUpperCase() + detail.slice(1)} isInline />}
      <Stopped id={id} canRetry={delivery.canRetry} canGiveUp={delivery.canGiveUp} />
      {state === 'failed' && engagement.caseId !== null && (
        <OtherWays caseId={engagement.caseId} text={engagement.text} />
      )}
    </span>
  )
}

/** A change of our words that is not through, or did not go through. */
export function ChangeMark({ id, change }: { readonly id: string; readonly change: Change }) {
  const { what, state, detail, text } = change
  const Glyph = icons[state]
  const isFailed = state === 'failed'
  return (
    <span className={styles.delivery} data-state={state}>
      <Glyph size={13} aria-hidden />
      <span>{isFailed ? threadWords.changeFailed[what] : threadWords.changing[what]}</span>
      {text !== null && <SafeText text={`“${text}”`} isInline className={styles.newWords} />}
      {detail !== '' && <SafeText text={detail} isInline />}
      <Stopped id={id} canRetry={change.canRetry} canGiveUp={change.canGiveUp} />
    </span>
  )
}

interface StoppedProps {
  readonly id: string
  readonly canRetry: boolean
  readonly canGiveUp: boolean
}

function Stopped({ id, canRetry, canGiveUp }: StoppedProps) {
  const { can } = useDesk()
  const queryClient = useQueryClient()
  const ask = useMutation({
    mutationFn: (what: 'retry' | 'giveUp') => client.replies[what]({ id }),
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.cases.thread.key() }),
  })
  if (!can('cases.answer')) return null
  return (
    <>
      {canRetry && (
        <button
          type="button"
          className={styles.link}
          disabled={ask.isPending}
          onClick={() => ask.mutate('retry')}
        >
          {ask.isPending ? threadWords.retrying : threadWords.retry}
        </button>
      )}
      {canGiveUp && (
        <button
          type="button"
          className={styles.link}
          disabled={ask.isPending}
          onClick={() => ask.mutate('giveUp')}
        >
          {threadWords.giveUp}
        </button>
      )}
    </>
  )
}
