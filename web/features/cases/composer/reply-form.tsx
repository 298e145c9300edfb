import { Textarea } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import type { Engagement } from '../../../../contract/engagements.ts'
import { FileDrop } from '../../replies/file-drop.tsx'
import { FileList } from '../../replies/file-list.tsx'
import { ComposerWarnings } from './composer-warnings.tsx'
import styles from './composer.module.css'
import { PartsPreview } from './parts-preview.tsx'
import { ReplyFoot } from './reply-foot.tsx'
import { StandingLine } from './standing-line.tsx'
import { TemplateForm } from './template-form.tsx'
import { UndescribedLine } from './undescribed-line.tsx'
import { useReply } from './use-reply.ts'
import type { AfterSending } from './use-send.ts'
import { composerWords } from './words.ts'

export interface ReplyFormProps {
  readonly detail: CaseDetail
  readonly engagements: readonly Engagement[]
  readonly onTyping: () => void
  readonly onSent: (then: AfterSending) => void
}

/** An answer in the customer's channel: free words and files, or a template where only that may go. */
export function ReplyForm({ detail, engagements, onTyping, onSent }: ReplyFormProps) {
  const reply = useReply(detail, engagements, onSent)
  const { way, others, onWay } = reply.chosen
  const standing = way !== undefined && <StandingLine way={way} others={others} onWay={onWay} />
  if (way !== undefined && way.isConnected && way.only === 'template') {
    return (
      <>
        {standing}
        <TemplateForm detail={detail} chosen={reply.chosen} seenId={reply.newestId} onSent={onSent} />
      </>
    )
  }
  return (
    <FileDrop files={reply.files}>
      <WordsField detail={detail} reply={reply} onTyping={onTyping} />
      <FileList files={reply.files} />
      {standing}
      <PartsPreview preview={reply.preview} files={reply.files.kept} />
      {reply.isUndescribedHeld && <UndescribedLine onSend={() => reply.onSend('pending')} />}
      <ComposerWarnings
        warnings={reply.warnings}
        isHeld={reply.isHeld}
        onSeen={reply.onSeen}
        onSendAnyway={() => reply.onSend('pending', true)}
      />
      <ReplyFoot
        detail={detail}
        chosen={reply.chosen}
        files={reply.files}
        leaves={reply.leaves}
        room={reply.room}
        isStored={reply.isStored}
        isKept={reply.text.trim() !== ''}
        isSending={reply.isSending}
        canSend={reply.canSend}
        onSend={reply.onSend}
      />
    </FileDrop>
  )
}

interface WordsFieldProps {
  readonly detail: CaseDetail
  readonly reply: ReturnType<typeof useReply>
  readonly onTyping: () => void
}

function WordsField({ detail, reply, onTyping }: WordsFieldProps) {
  function handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    reply.onSend(event.shiftKey ? 'resolved' : 'pending')
  }
  return (
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
  )
}
