import { NativeSelect } from '@mantine/core'
import type { Person } from '../../../contract/people.ts'
import { channelTitle } from '../../ui/channel-mark.tsx'
import styles from './facts.module.css'
import { useUpdatePerson } from './use-person.ts'
import { lifecycleTitles, personWords } from './words.ts'

const lifecycles = [
  'unknown',
  'prospect',
  'customer',
  'advocate',
  'lapsed',
] as const satisfies readonly Person['lifecycle'][]

/** Lifecycle and preferred channel, changed where they stand. */
export function PersonChoices({ person, canEdit }: { readonly person: Person; readonly canEdit: boolean }) {
  const update = useUpdatePerson(person.id)
  const known = new Set(person.identities.map((identity) => identity.channel))
  if (person.preferredChannel !== null) known.add(person.preferredChannel)
  return (
    <div className={styles.choices}>
      <NativeSelect
        size="xs"
        label={personWords.lifecycle}
        disabled={!canEdit}
        value={person.lifecycle}
        data={lifecycles.map((value) => ({ value, label: lifecycleTitles[value] }))}
        onChange={(event) => {
          const lifecycle = lifecycles.find((candidate) => candidate === event.currentTarget.value)
          if (lifecycle !== undefined) update.mutate({ lifecycle })
        }}
      />
      <NativeSelect
        size="xs"
        label={personWords.preferred}
        disabled={!canEdit}
        value={person.preferredChannel ?? ''}
        data={[
          { value: '', label: personWords.noPreference },
          ...[...known].map((value) => ({ value, label: channelTitle(value) })),
        ]}
        onChange={(event) => update.mutate({ preferredChannel: event.currentTarget.value || null })}
      />
    </div>
  )
}
