import { Pill, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { Person } from '../../../contract/people.ts'
import styles from './facts.module.css'
import { useUpdatePerson } from './use-person.ts'
import { personWords } from './words.ts'

/** VIP, beta, a dispute: seen by everybody who serves the person. */
export function MembershipsEditor({
  person,
  canEdit,
}: {
  readonly person: Person
  readonly canEdit: boolean
}) {
  const [typed, setTyped] = useState('')
  const update = useUpdatePerson(person.id)

  function handleKey(event: KeyboardEvent): void {
    const name = typed.trim()
    if (event.key !== 'Enter' || name === '') return
    event.preventDefault()
    setTyped('')
    if (!person.memberships.includes(name)) update.mutate({ memberships: [...person.memberships, name] })
  }

  return (
    <div className={styles.memberships}>
      {person.memberships.map((name) => (
        <Pill
          key={name}
          withRemoveButton={canEdit}
          removeButtonProps={{ 'aria-label': personWords.remove(name), 'aria-hidden': false, tabIndex: 0 }}
          onRemove={() =>
            update.mutate({ memberships: person.memberships.filter((other) => other !== name) })
          }
        >
          {name}
        </Pill>
      ))}
      {canEdit && person.memberships.length < 30 && (
        <TextInput
          variant="unstyled"
          size="xs"
          maxLength={60}
          aria-label={personWords.addMembership}
          placeholder={personWords.addMembership}
          title={personWords.membershipsHint}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={handleKey}
          className={styles.addMembership}
        />
      )}
    </div>
  )
}
