import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconArrowLeft, IconArrowMerge, IconPencil, IconPhone } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, useState } from 'react'
import type { Person } from '../../../contract/people.ts'
import { useSession } from '../../session.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { focusOnMount } from './focus-on-mount.ts'
import styles from './person-page.module.css'
import type { PersonPanel } from './person-search.ts'
import { useUpdatePerson } from './use-person.ts'
import { personWords } from './words.ts'

export interface PersonHeaderProps {
  readonly person: Person
  readonly panel: PersonPanel | undefined
  readonly onPanel: (panel: PersonPanel) => void
}

/** Name, channels, how long we know each other, and what can be done. */
export function PersonHeader({ person, panel, onPanel }: PersonHeaderProps) {
  const { slug, can } = useSession()
  const channels = [...new Set(person.identities.map((identity) => identity.channel))]
  return (
    <header className={styles.header}>
      <Link to="/w/$workspace/people" params={{ workspace: slug }} className={styles.back}>
        <IconArrowLeft size={14} aria-hidden /> {personWords.back}
      </Link>
      <div className={styles.title}>
        <Name person={person} canEdit={can('people.edit')} />
        <div className={styles.actions}>
          {can('engagements.log') && (
            <Button
              variant="default"
              leftSection={<IconPhone size={16} />}
              aria-expanded={panel === 'log'}
              onClick={() => onPanel('log')}
            >
              {personWords.log}
            </Button>
          )}
          {can('people.merge') && (
            <Button
              variant="default"
              leftSection={<IconArrowMerge size={16} />}
              aria-expanded={panel === 'merge'}
              onClick={() => onPanel('merge')}
            >
              {personWords.merge}
            </Button>
          )}
        </div>
      </div>
      <p className={styles.about}>
        {channels.map((channel) => (
          <ChannelMark key={channel} channel={channel} withWord />
        ))}
        <span>
          {personWords.inbound(person.inbound)}, {personWords.outbound(person.outbound)}
        </span>
        <span>
          {personWords.firstSeen} <RelativeTime at={person.firstSeenAt} />
        </span>
        <span>
          {personWords.lastSeen} <RelativeTime at={person.lastSeenAt} />
        </span>
      </p>
    </header>
  )
}

function Name({ person, canEdit }: { readonly person: Person; readonly canEdit: boolean }) {
  const [name, setName] = useState<string | null>(null)
  const update = useUpdatePerson(person.id)

  function handleSave(): void {
    const next = name?.trim() ?? ''
    if (next !== '' && next !== person.name) update.mutate({ name: next })
    setName(null)
  }
  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') handleSave()
    if (event.key === 'Escape') setName(null)
  }

  if (name !== null) {
    return (
      <TextInput
        ref={focusOnMount}
        aria-label={personWords.name}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={handleSave}
        onKeyDown={handleKey}
      />
    )
  }
  return (
    <h1 className={styles.name}>
      <SafeText text={person.name} isInline />
      {canEdit && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={personWords.rename}
          onClick={() => setName(person.name)}
        >
          <IconPencil size={16} />
        </ActionIcon>
      )}
    </h1>
  )
}
