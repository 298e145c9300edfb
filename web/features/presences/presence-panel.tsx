import { CloseButton, Select, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Presence } from '../../../contract/presences.ts'
import { api } from '../../api.ts'
import { useSession, useWorkspace } from '../../session.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { notifyError } from '../../ui/notify.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import { ConnectionPart } from './connection-part.tsx'
import styles from './presences.module.css'
import { refreshPresences, type Place } from './use-presences.ts'
import { words } from './words.ts'

interface PresencePanelProps {
  readonly place: Place
  readonly onClose: () => void
}

/** One account of ours: what it is for, how its connection is, and what can be done about it. */
export function PresencePanel({ place, onClose }: PresencePanelProps) {
  const { presence, connection } = place
  const name = presence?.name || presence?.handle || connection?.account?.handle || connection?.title || ''
  return (
    <section className={styles.panel} aria-label={name}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>
          <ChannelMark channel={presence?.channel ?? connection?.channel ?? ''} size={18} />
          <SafeText text={name} isInline />
        </h2>
        <CloseButton aria-label={words.close} onClick={onClose} />
      </div>
      {connection === null ? (
        <p className={styles.state}>
          <strong>{presence?.isConnected === true ? words.ours : words.notConnected}</strong>
          {presence?.isConnected === true ? words.oursAbout : words.notConnectedAbout}
        </p>
      ) : (
        <ConnectionPart connection={connection} />
      )}
      {presence !== null && <PresenceFields key={presence.id} presence={presence} />}
    </section>
  )
}

/** Saved where the field is left. */
function PresenceFields({ presence }: { readonly presence: Presence }) {
  const { can } = useSession()
  const workspace = useWorkspace()
  const isFixed = !can('presences.manage')
  const [purpose, setPurpose] = useState(presence.purpose)
  const [name, setName] = useState(presence.name)
  const change = useMutation(
    api.presences.update.mutationOptions({ onSettled: refreshPresences, onError: notifyError }),
  )
  const functions = (workspace.data?.functions ?? []).map(({ key, title }) => ({ value: key, label: title }))
  return (
    <>
      <h3>{words.details}</h3>
      <div className={styles.form}>
        <TextInput
          label={words.nameLabel}
          disabled={isFixed}
          maxLength={120}
          placeholder={presence.handle}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onBlur={() => name !== presence.name && change.mutate({ id: presence.id, name })}
        />
        <Select
          label={words.function}
          disabled={isFixed}
          data={[{ value: '', label: words.noFunction }, ...functions]}
          value={presence.function ?? ''}
          onChange={(key) => change.mutate({ id: presence.id, function: key === '' ? null : key })}
        />
        <TextInput
          label={words.purpose}
          placeholder={words.noPurpose}
          disabled={isFixed}
          maxLength={2000}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value)}
          onBlur={() => purpose !== presence.purpose && change.mutate({ id: presence.id, purpose })}
        />
      </div>
    </>
  )
}
