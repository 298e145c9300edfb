import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { SafeText } from '../../ui/safe-text.tsx'
import type { Person } from '../../../contract/people.ts'
import styles from './facts.module.css'
import { focusOnMount } from './focus-on-mount.ts'
import { useUpdatePerson } from './use-person.ts'
import { personWords } from './words.ts'

/** The relationship memory: what matters to this person. */
export function MemoryEditor({ person, canEdit }: { readonly person: Person; readonly canEdit: boolean }) {
  const [text, setText] = useState<string | null>(null)
  const update = useUpdatePerson(person.id)

  function handleSave(): void {
    if (text === null) return
    update.mutate({ memory: text.trim() }, { onSuccess: () => setText(null) })
  }
  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.stopPropagation()
      setText(null)
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) handleSave()
  }

  if (text === null) {
    return (
      <div className={styles.memory}>
        {person.memory === '' ? (
          <p className={styles.nothing}>{personWords.memoryEmpty}</p>
        ) : (
          <SafeText text={person.memory} />
        )}
        {canEdit && (
          <Button variant="subtle" size="compact-xs" onClick={() => setText(person.memory)}>
            {personWords.editMemory}
          </Button>
        )}
      </div>
    )
  }
  return (
    <div className={styles.memory}>
      <Textarea
        autosize
        ref={focusOnMount}
        minRows={3}
        maxRows={12}
        maxLength={20_000}
        aria-label={personWords.memory}
        placeholder={personWords.memoryHint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={handleKey}
      />
      <div className={styles.buttons}>
        <Button size="compact-sm" loading={update.isPending} onClick={handleSave}>
          {personWords.save}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setText(null)}>
          {personWords.cancel}
        </Button>
      </div>
    </div>
  )
}
