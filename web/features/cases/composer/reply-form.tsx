import { Textarea } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import type { Engagement } from '../../../../contract/engagements.ts'
import { ComposerWarnings } from './composer-warnings.tsx'
import styles from './composer.module.css'
import { PartsPreview } from './parts-preview.tsx'
import { ReplyFoot } from './reply-foot.tsx'
import { StandingLine } from './standing-line.tsx'
import { useReply } from './use-reply.ts'
import type { AfterSending } from './use-send.ts'
import { composerWords } from './words.ts'

export interface ReplyFormProps {
  readonly detail: CaseDetail
  readonly engagements: readonly Engagement[]
  readonly onTyping: () => void
  readonly onSent: (then: AfterSending) => void
}

/** An answer in the customer's channel. */
export function ReplyForm({ detail, engagements, onTyping, onSent }: ReplyFormProps) {
  const reply = useReply(detail, engagements, onSent)

  function handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    reply.onSend(event.shiftKey ? 'resolved' : 'pending')
  }

  return (
    <>
      <Textarea
        id="composer-text"
        variant="unstyled"
        aria-label={composerWords.replyTo(detail.person.name)}
        placeholder={composerWords.replyHint(detail.person.name)}
        autosize
        minRows={2}
        maxRows={12}
        value={reply.text}
        onChange={(event) => {
          reply.onText(event.currentTarget.value)
          onTyping()
        }}
        onKeyDown={handleKey}
        classNames={{ input: styles.text }}
      />
      {reply.chosen.way !== undefined && (
        <StandingLine way={reply.chosen.way} others={reply.chosen.others} onWay={reply.chosen.onWay} />
      )}
      <PartsPreview preview={reply.preview} />
      <ComposerWarnings
        warnings={reply.warnings}
        isHeld={reply.isHeld}
        onSeen={reply.onSeen}
        onSendAnyway={() => reply.onSend('pending', true)}
      />
      <ReplyFoot
        detail={detail}
        chosen={reply.chosen}
        leaves={reply.leaves}
        room={reply.room}
        isStored={reply.isStored}
        isKept={reply.text.trim() !== ''}
        isSending={reply.isSending}
        canSend={reply.canSend}
        onSend={reply.onSend}
      />
    </>
  )
}
