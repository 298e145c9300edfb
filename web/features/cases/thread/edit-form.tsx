import { Button, Group, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type KeyboardEvent } from 'react'
import type { Engagement } from '../../../../contract/engagements.ts'
import { api, client } from '../../../api.ts'
import { notifyError } from '../../../ui/notify.tsx'
import styles from './message.module.css'
import { threadWords } from './words.ts'

export interface EditFormProps {
  readonly engagement: Engagement
  readonly onClose: () => void
}

/** Changes words of ours in their place. They change here when the network took the change. */
export function EditForm({ engagement, onClose }: EditFormProps) {
  const [text, setText] = useState(engagement.text)
  const key = useRef(crypto.randomUUID())
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: () => client.replies.edit({ id: engagement.id, text: text.trim(), key: key.current }),
    onSuccess: onClose,
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.cases.thread.key() }),
  })
  const canSave = text.trim() !== '' && text.trim() !== engagement.text && !save.isPending
  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && canSave) save.mutate()
  }
  return (
    <div className={styles.editing}>
      <Textarea
        aria-label={threadWords.editing}
        autosize
        minRows={2}
        maxRows={10}
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={handleKey}
      />
      <Group gap={6} justify="flex-end" mt={6}>
        <Button variant="subtle" color="gray" size="compact-sm" onClick={onClose}>
          {threadWords.keepWords}
        </Button>
        <Button size="compact-sm" disabled={!canSave} loading={save.isPending} onClick={() => save.mutate()}>
          {threadWords.saveEdit}
        </Button>
      </Group>
    </div>
  )
}
