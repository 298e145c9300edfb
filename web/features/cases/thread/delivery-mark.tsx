import {
  IconBan,
  IconCheck,
  IconChecks,
  IconClock,
  IconPlugConnectedX,
  IconRefresh,
  IconSend,
  IconZoomQuestion,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Engagement } from '../../../../contract/engagements.ts'
import { api, client } from '../../../api.ts'
import { notifyError } from '../../../ui/notify.tsx'
import { useDesk } from '../desk-context.ts'
import { deliveryTitles } from '../words.ts'
import styles from './message.module.css'
import { threadWords } from './words.ts'

type Delivery = NonNullable<Engagement['delivery']>

const icons = {
  queued: IconClock,
  sending: IconSend,
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  cancelled: IconBan,
  failed: IconRefresh,
  unknown: IconZoomQuestion,
  'not-connected': IconPlugConnectedX,
} as const

/** Whether our answer left, in a mark and in words; what failed can be tried again. */
export function DeliveryMark({ id, delivery }: { readonly id: string; readonly delivery: Delivery }) {
  const { can } = useDesk()
  const queryClient = useQueryClient()
  const retry = useMutation({
    mutationFn: () => client.replies.retry({ id }),
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.cases.thread.key() }),
  })
  const Glyph = icons[delivery.state]
  const isFailed = delivery.state === 'failed'
  return (
    <span className={styles.delivery} data-state={delivery.state}>
      <Glyph size={13} aria-hidden />
      <span>{deliveryTitles[delivery.state]}</span>
      {isFailed && delivery.detail !== '' && <span>{delivery.detail}</span>}
      {isFailed && can('cases.answer') && (
        <button
          type="button"
          className={styles.link}
          disabled={retry.isPending}
          onClick={() => retry.mutate()}
        >
          {retry.isPending ? threadWords.retrying : threadWords.retry}
        </button>
      )}
    </span>
  )
}
