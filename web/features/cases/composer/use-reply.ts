import { useMemo } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import type { Engagement } from '../../../../contract/engagements.ts'
import { useNudge } from '../../replies/use-nudge.ts'
import { isSendable, useFiles } from '../../replies/use-files.ts'
import { useDesk } from '../desk-context.ts'
import { wordsToAnswer } from '../thread/thread-items.ts'
import { useDraft } from './use-draft.ts'
import { useRoom } from './use-room.ts'
import { type AfterSending, useSend } from './use-send.ts'
import { useWishedWords } from './use-wished-words.ts'
import { warningsFor } from './warnings.ts'

/** An answer being written: its draft, what to know before sending, and the sending itself. */
export function useReply(
  detail: CaseDetail,
  engagements: readonly Engagement[],
  onSent: (then: AfterSending) => void,
) {
  const { workspace, memberId, can } = useDesk()
  const newestId = engagements.at(-1)?.id ?? null
  const { draft, isStored, onText, onFiles, onSeen, onGone } = useDraft({
    workspace,
    caseId: detail.id,
    mode: 'reply',
    serverText: detail.draft,
    newestId,
    canKeep: can('cases.note'),
  })
  const { chosen, leaves, preview, room } = useRoom(detail, draft.text, can('cases.note'))
  const files = useFiles(chosen.way?.media ?? null, draft.files ?? [], onFiles)
  const nudge = useNudge(files)
  const sending = useSend(detail, leaves, (then) => {
    onGone()
    nudge.forget()
    onSent(then)
  })
  useWishedWords(detail.id, { text: draft.text, onText, chosen })
  const warnings = warningsFor({
    text: draft.text,
    heard: useMemo(() => wordsToAnswer(engagements), [engagements]),
    viewers: detail.viewers,
    memberId,
    engagements,
    lastSeenEngagementId: draft.lastSeenEngagementId,
    overBy: room.isOver ? room.used - (room.limit ?? 0) : 0,
  })
  const isReady = !sending.isSending && !room.isOver && isSendable(draft.text, files)
  const canSend = can('cases.answer') && isReady
  return {
    newestId,
    text: draft.text,
    files,
    isUndescribedHeld: nudge.isAsked,
    isStored,
    onText,
    room,
    preview,
    chosen,
    leaves,
    warnings,
    canSend,
    isSending: sending.isSending,
    /** The server held it back: something newer came in. */
    isHeld: sending.hasArrived,
    onSeen: () => {
      onSeen(newestId)
      sending.forget()
    },
    onSend: (then: AfterSending, sendAnyway = false) => {
      if (!canSend || nudge.holds()) return
      sending.send({ draft, then, sendAnyway, ...chosenOf(chosen) })
    },
  }
}

function chosenOf({ way, visibility }: ReturnType<typeof useRoom>['chosen']) {
  return { way: way?.way ?? null, visibility }
}
