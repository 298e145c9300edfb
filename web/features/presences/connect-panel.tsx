import { Button, CloseButton, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { ConnectableChannel } from '../../../contract/connections.ts'
import { api } from '../../api.ts'
import { useWorkspace } from '../../session.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { ErrorState, Lines } from '../../ui/states.tsx'
import { ConnectForm } from './connect-form.tsx'
import styles from './presences.module.css'
import { refreshPresences, type PresenceSearch } from './use-presences.ts'
import { capabilityTitles, proofTitles, words } from './words.ts'

interface ConnectPanelProps {
  readonly chosen: string
  readonly onShow: (search: PresenceSearch) => void
}

/** Connects an account: first the channel, then what it asks for and why, then the check. */
export function ConnectPanel({ chosen, onShow }: ConnectPanelProps) {
  const channels = useQuery(api.connections.listChannels.queryOptions())
  const channel = channels.data?.items.find(({ id }) => id === chosen)
  return (
    <section className={styles.panel} aria-label={words.connect}>
      <div className={styles.panelHead}>
        <h2 className={styles.panelTitle}>
          {channel === undefined ? words.choose : <ChannelMark channel={channel.channel} size={18} />}
          {channel?.title}
        </h2>
        <CloseButton aria-label={words.close} onClick={() => onShow({})} />
      </div>
      {channels.error !== null && (
        <ErrorState error={channels.error} onRetry={() => void channels.refetch()} />
      )}
      {channels.isPending && <Lines rows={6} />}
      {channel === undefined && channels.data !== undefined && (
        <Choices channels={channels.data.items} onChoose={(connect) => onShow({ connect })} />
      )}
      {channel !== undefined && <ConnectOne key={channel.id} channel={channel} onShow={onShow} />}
    </section>
  )
}

interface ChoicesProps {
  readonly channels: readonly ConnectableChannel[]
  readonly onChoose: (id: string) => void
}

function Choices({ channels, onChoose }: ChoicesProps) {
  return (
    <>
      <p className={styles.text}>{words.chooseAbout}</p>
      <ul className={styles.choices}>
        {channels.map(({ id, title, channel, provenOn }) => (
          <li key={id}>
            <button type="button" className={styles.choice} onClick={() => onChoose(id)}>
              <ChannelMark channel={channel} size={20} />
              <span className={styles.names}>
                <span className={styles.name}>{title}</span>
                <span className={styles.dim}>{proofTitles[provenOn]}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      <h3>{words.otherPlace}</h3>
      <p className={styles.text}>{words.otherPlaceAbout}</p>
      <AddPresence />
    </>
  )
}

interface ConnectOneProps {
  readonly channel: ConnectableChannel
  readonly onShow: (search: PresenceSearch) => void
}

function ConnectOne({ channel, onShow }: ConnectOneProps) {
  const workspace = useWorkspace()
  const [functionKey, setFunctionKey] = useState('')
  const connect = useMutation(
    api.connections.connect.mutationOptions({
      onError: notifyError,
      onSuccess: async (made) => {
        await refreshPresences()
        if (made.state === 'live' || made.state === 'silent') notifyDone(words.connected)
        onShow({ open: made.presence?.id ?? made.id })
      },
    }),
  )
  const functions = (workspace.data?.functions ?? []).map(({ key, title }) => ({ value: key, label: title }))
  return (
    <>
      <p className={styles.text}>{proofTitles[channel.provenOn]}</p>
      {channel.steps.length > 0 && (
        <>
          <h3>{words.steps}</h3>
          <ol className={styles.steps}>
            {channel.steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      )}
      <Select
        label={words.function}
        data={[{ value: '', label: words.noFunction }, ...functions]}
        value={functionKey}
        allowDeselect={false}
        onChange={(key) => setFunctionKey(key ?? '')}
      />
      <ConnectForm
        fields={channel.fields}
        submit={words.begin}
        isBusy={connect.isPending}
        onSubmit={(given) =>
          connect.mutate({ channel: channel.id, function: functionKey === '' ? null : functionKey, ...given })
        }
      />
      <Why channel={channel} />
      <Button mt="md" size="xs" variant="subtle" onClick={() => onShow({ connect: 'choose' })}>
        {words.back}
      </Button>
    </>
  )
}

function Why({ channel }: { readonly channel: ConnectableChannel }) {
  const able = Object.entries(channel.capabilities).filter(([, support]) => support.level !== 'none')
  return (
    <>
      {channel.permissions.length > 0 && (
        <>
          <h3>{words.permissions}</h3>
          <ul className={styles.why}>
            {channel.permissions.map(({ what, why }) => (
              <li key={what}>
                <strong>{what}</strong>
                <span>{why}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{words.can}</h3>
      <ul className={styles.why}>
        {able.map(([name, support]) => (
          <li key={name}>
            <strong>{capabilityTitles[name] ?? name}</strong>
            {support.reason !== '' && <span>{support.reason}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}

/** An account that nothing connects: its engagements come by import or by the API. */
function AddPresence() {
  const [channel, setChannel] = useState('')
  const [handle, setHandle] = useState('')
  const add = useMutation(
    api.presences.create.mutationOptions({
      onSuccess: () => {
        setHandle('')
        return refreshPresences()
      },
      onError: notifyError,
    }),
  )
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    add.mutate({ channel: channel.trim().toLowerCase(), handle })
  }
  return (
    <form onSubmit={handleSubmit} className={styles.form}>
      <TextInput
        label={words.channel}
        required
        withAsterisk={false}
        pattern="[A-Za-z0-9][A-Za-z0-9_\-]{0,63}"
        placeholder="twitter"
        value={channel}
        onChange={(event) => setChannel(event.currentTarget.value)}
      />
      <TextInput
        label={words.handle}
        required
        withAsterisk={false}
        maxLength={512}
        value={handle}
        onChange={(event) => setHandle(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="default" loading={add.isPending}>
          {words.add}
        </Button>
      </div>
    </form>
  )
}
