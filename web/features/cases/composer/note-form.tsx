import { Button, Textarea } from '@mantine/core'
import { type ChangeEvent, type KeyboardEvent, useRef } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { useDesk } from '../desk-context.ts'
import styles from './composer.module.css'
import { MentionList } from './mention-list.tsx'
import { mentionedIds } from './mentions.ts'
import { useDraft } from './use-draft.ts'
import { useMentions } from './use-mentions.ts'
import { useAddNote } from './use-send.ts'
import { composerWords } from './words.ts'

/** Words for colleagues; an @ names somebody, who is told. */
export function NoteForm({ detail }: { readonly detail: CaseDetail }) {
  const { workspace, members } = useDesk()
  const field = useRef<HTMLTextAreaElement>(null)
  const only = { mode: 'note', serverText: '', newestId: null, canKeep: false } as const
  const { draft, onText, onGone } = useDraft({ workspace, caseId: detail.id, ...only })
  const mentions = useMentions(field, members, onText)
  const adding = useAddNote(detail.id, onGone)
  const canAdd = draft.text.trim() !== '' && !adding.isPending

  function handleText(event: ChangeEvent<HTMLTextAreaElement>): void {
    onText(event.currentTarget.value)
    mentions.onCaret()
  }
  function handleAdd(): void {
    if (canAdd) adding.mutate({ text: draft.text, mentions: mentionedIds(draft.text, members) })
  }

  function handleKey(event: KeyboardEvent): void {
    if (mentions.onKey(event) || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    handleAdd()
  }

  return (
    <>
      <MentionList mentions={mentions} />
      <Textarea
        ref={field}
        id="composer-text"
        variant="unstyled"
        aria-label={composerWords.note}
        placeholder={composerWords.noteHint}
        autosize
        minRows={2}
        maxRows={12}
        value={draft.text}
        aria-autocomplete="list"
        aria-controls={mentions.isOpen ? 'mention-list' : undefined}
        aria-activedescendant={mentions.isOpen ? `mention-${mentions.index}` : undefined}
        onChange={handleText}
        onSelect={mentions.onCaret}
        onBlur={mentions.onClose}
        onKeyDown={handleKey}
        classNames={{ input: styles.text }}
      />
      <div className={styles.foot}>
        <span className={styles.kept}>{draft.text.trim() !== '' && composerWords.saved}</span>
        <span className={styles.room} />
        <Button
          size="compact-md"
          variant="default"
          loading={adding.isPending}
          disabled={!canAdd}
          onClick={handleAdd}
        >
          {composerWords.addNote}
        </Button>
      </div>
    </>
  )
}
