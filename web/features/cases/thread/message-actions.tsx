import { ActionIcon, Tooltip } from '@mantine/core'
import { IconHeart, IconPencil, IconRepeat, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Engagement } from '../../../../contract/engagements.ts'
import type { OwnAct } from '../../../../contract/replies.ts'
import { api, client } from '../../../api.ts'
import { ConfirmButton } from '../../../ui/confirm-button.tsx'
import { notifyError } from '../../../ui/notify.tsx'
import { useDesk } from '../desk-context.ts'
import styles from './message.module.css'
import { useActsOn } from './thread-acts.ts'
import { threadWords } from './words.ts'

const glyphs = { like: IconHeart, share: IconRepeat, edit: IconPencil, delete: IconTrash } as const
const asks = {
  like: client.replies.like,
  share: client.replies.share,
  delete: client.replies.remove,
} as const

export interface MessageActionsProps {
  readonly engagement: Engagement
  readonly onEdit: () => void
}

/** What the network lets us do with one message: like and share theirs, change and take back ours. */
export function MessageActions({ engagement, onEdit }: MessageActionsProps) {
  const { can } = useDesk()
  const acts = useActsOn(engagement)
  const [isTakingBack, setIsTakingBack] = useState(false)
  const ask = useAct(engagement.id)
  if (!can('cases.answer') || acts.length === 0) return null
  function handleAct(act: OwnAct): void {
    if (act === 'edit') onEdit()
    else if (act === 'delete') setIsTakingBack(true)
    else ask.mutate(act)
  }
  if (isTakingBack) {
    return (
      <ConfirmButton
        label={threadWords.acts.delete}
        confirm={threadWords.takeBack}
        isAsked
        isBusy={ask.isPending}
        onConfirm={() => ask.mutate('delete', { onSettled: () => setIsTakingBack(false) })}
        onKeep={() => setIsTakingBack(false)}
      />
    )
  }
  return (
    <span className={styles.acts}>
      {acts.map((act) => {
        const Glyph = glyphs[act]
        return (
          <Tooltip key={act} label={threadWords.acts[act]}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={threadWords.acts[act]}
              disabled={ask.isPending}
              onClick={() => handleAct(act)}
            >
              <Glyph size={14} />
            </ActionIcon>
          </Tooltip>
        )
      })}
    </span>
  )
}

/** The same press is the same act, however often it is sent. */
function useAct(id: string) {
  const queryClient = useQueryClient()
  const key = useRef(crypto.randomUUID())
  return useMutation({
    mutationFn: (act: Exclude<OwnAct, 'edit'>) => asks[act]({ id, key: key.current }),
    onSuccess: () => {
      key.current = crypto.randomUUID()
    },
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.cases.thread.key() }),
  })
}
