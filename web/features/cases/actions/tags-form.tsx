import { Button, TagsInput } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { useDesk } from '../desk-context.ts'
import styles from './forms.module.css'
import { useTagsInUse } from './use-tags-in-use.ts'
import { actionWords } from './words.ts'

/** The tags of a case; those that other cases carry are offered. */
export function TagsForm({ detail, onDone }: { readonly detail: CaseDetail; readonly onDone: () => void }) {
  const { actions } = useDesk()
  const [tags, setTags] = useState<string[]>([...detail.tags])
  const [typed, setTyped] = useState('')
  const known = useTagsInUse(typed)

  function handleSubmit(event: SubmitEvent): void {
    event.preventDefault()
    const last = typed.trim()
    onDone()
    void actions.setTags(detail, last === '' || tags.includes(last) ? tags : [...tags, last])
  }

  return (
    <form onSubmit={handleSubmit} className={styles.form}>
      <TagsInput
        data-autofocus
        label={actionWords.tags}
        description={actionWords.tagsHint}
        maxTags={20}
        data={[...known]}
        maxDropdownHeight={180}
        value={tags}
        onChange={setTags}
        searchValue={typed}
        onSearchChange={setTyped}
        comboboxProps={{ withinPortal: false }}
      />
      <Button type="submit">{actionWords.save}</Button>
    </form>
  )
}
