import { Button, CloseButton, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type KeyboardEvent, type SubmitEvent, useState } from 'react'
import type { Person } from '../../../contract/people.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { ErrorState, Lines } from '../../ui/states.tsx'
import { focusOnMount } from './focus-on-mount.ts'
import { Identities } from './identities.tsx'
import styles from './merge-panel.module.css'
import { useMerge } from './use-merge.ts'
import { usePeople } from './use-people.ts'
import { usePerson } from './use-person.ts'
import { mergeWords } from './words.ts'

export interface MergePanelProps {
  readonly person: Person
  readonly onClose: () => void
}

/** Finds the other entry of the same human being, shows what moves, and merges with a reason. */
export function MergePanel({ person, onClose }: MergePanelProps) {
  const [otherId, setOtherId] = useState<string | null>(null)
  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'Escape') onClose()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className={styles.panel} aria-label={mergeWords.title(person.name)} onKeyDown={handleKey}>
      <div className={styles.head}>
        <div>
          <h2>{mergeWords.title(person.name)}</h2>
          <p>{mergeWords.about}</p>
        </div>
        <CloseButton aria-label={mergeWords.close} onClick={onClose} />
      </div>
      {otherId === null ? (
        <FindOther person={person} onPick={setOtherId} />
      ) : (
        <Preview person={person} otherId={otherId} onOther={() => setOtherId(null)} onDone={onClose} />
      )}
    </section>
  )
}

interface FindOtherProps {
  readonly person: Person
  readonly onPick: (id: string) => void
}

function FindOther({ person, onPick }: FindOtherProps) {
  const [typed, setTyped] = useState(person.name)
  const [q] = useDebouncedValue(typed, 220)
  const { rows, list } = usePeople(q)
  const found = rows.filter((row) => row.id !== person.id).slice(0, 8)
  return (
    <>
      <TextInput
        ref={focusOnMount}
        label={mergeWords.search}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ul className={styles.found} aria-busy={list.isFetching}>
        {found.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => onPick(row.id)}>
              <SafeText text={row.name} isInline className={styles.name} />
              {row.channels.map((channel) => (
                <ChannelMark key={channel} channel={channel} withWord />
              ))}
              <span className={styles.end}>
                {mergeWords.engagements(row.engagements)} · <RelativeTime at={row.lastSeenAt} />
              </span>
            </button>
          </li>
        ))}
        {found.length === 0 && list.isSuccess && <li className={styles.nobody}>{mergeWords.nobody}</li>}
      </ul>
    </>
  )
}

interface PreviewProps {
  readonly person: Person
  readonly otherId: string
  readonly onOther: () => void
  readonly onDone: () => void
}

function Preview({ person, otherId, onOther, onDone }: PreviewProps) {
  const other = usePerson(otherId)
  const [why, setWhy] = useState('')
  const merge = useMerge(person, onDone)
  if (other.isError) return <ErrorState error={other.error} onRetry={() => void other.refetch()} />
  if (other.isPending) return <Lines rows={4} />
  const { data } = other

  function handleSubmit(event: SubmitEvent): void {
    event.preventDefault()
    if (why.trim() !== '') merge.mutate({ other: data, why: why.trim() })
  }

  return (
    <form className={styles.preview} onSubmit={handleSubmit}>
      <h3>{mergeWords.preview(data.name)}</h3>
      <p className={styles.moves}>
        {mergeWords.identities(data.identities.length)},{' '}
        {mergeWords.engagements(data.inbound + data.outbound)}, {mergeWords.cases(data.cases.length)}
      </p>
      <Identities identities={data.identities} />
      {data.memory !== '' && (
        <div className={styles.memory}>
          <strong>{mergeWords.memory}</strong>
          <SafeText text={data.memory} />
        </div>
      )}
      <TextInput
        ref={focusOnMount}
        label={mergeWords.why}
        placeholder={mergeWords.whyHint}
        maxLength={500}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button type="submit" loading={merge.isPending} disabled={why.trim() === ''}>
          {mergeWords.merge}
        </Button>
        <Button variant="subtle" color="gray" onClick={onOther}>
          {mergeWords.other}
        </Button>
      </div>
    </form>
  )
}
