import { Button, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Workspace } from '../../../contract/workspace.ts'
import { api } from '../../api.ts'
import { useSession } from '../../session.ts'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { Card } from '../../ui/page.tsx'
import { timeZones } from '../../ui/time-zones.ts'
import { CopyField } from '../../ui/copy-field.tsx'
import { LoadedWorkspace } from './loaded-workspace.tsx'
import { useWorkspaceChange } from './use-workspace-change.ts'
import { words } from './words.ts'

export function GeneralTab() {
  return (
    <LoadedWorkspace>
      {(workspace) => (
        <>
          <NameCard workspace={workspace} />
          <ContactCard workspace={workspace} />
          <SampleCard workspace={workspace} />
        </>
      )}
    </LoadedWorkspace>
  )
}

function NameCard({ workspace }: { readonly workspace: Workspace }) {
  const { can } = useSession()
  const change = useWorkspaceChange()
  const [name, setName] = useState(workspace.name)
  const [timeZone, setTimeZone] = useState(workspace.timeZone)
  const isReadOnly = !can('workspace.manage')
  const isChanged = name !== workspace.name || timeZone !== workspace.timeZone
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    change.mutate({ name, timeZone })
  }
  return (
    <Card title="Workspace" about={isReadOnly ? words.notYours : undefined}>
      <form onSubmit={handleSubmit}>
        <Stack gap="sm" maw={420}>
          <TextInput
            label={words.name}
            required
            withAsterisk={false}
            maxLength={120}
            disabled={isReadOnly}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={words.timeZone}
            searchable
            disabled={isReadOnly}
            data={timeZones()}
            value={timeZone}
            onChange={(zone) => setTimeZone(zone ?? timeZone)}
          />
          <div>
            <Button type="submit" disabled={isReadOnly || !isChanged} loading={change.isPending}>
              {words.save}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  )
}

function ContactCard({ workspace }: { readonly workspace: Workspace }) {
  const { can } = useSession()
  const change = useWorkspaceChange()
  const [isOpen, setIsOpen] = useState(workspace.contactForm.isOpen)
  const [greeting, setGreeting] = useState(workspace.contactForm.greeting)
  const isReadOnly = !can('workspace.manage')
  const isChanged = isOpen !== workspace.contactForm.isOpen || greeting !== workspace.contactForm.greeting
  const address = `${location.origin}/contact/${workspace.slug}`
  const snippet = `<script src="${location.origin}/embed.js" data-workspace="${workspace.slug}" async></script>`
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    change.mutate({ contactForm: { isOpen, greeting } })
  }
  return (
    <Card title={words.contactForm} about={words.contactFormAbout}>
      <form onSubmit={handleSubmit}>
        <Stack gap="sm">
          <Switch
            label={words.formOpen}
            disabled={isReadOnly}
            checked={isOpen}
            onChange={(event) => setIsOpen(event.currentTarget.checked)}
          />
          <Textarea
            label={words.greeting}
            autosize
            minRows={2}
            maxLength={500}
            disabled={isReadOnly}
            value={greeting}
            onChange={(event) => setGreeting(event.currentTarget.value)}
          />
          <CopyField label={words.formAddress} value={address} isLink />
          <CopyField label={words.formSnippet} value={snippet} />
          <div>
            <Button type="submit" disabled={isReadOnly || !isChanged} loading={change.isPending}>
              {words.save}
            </Button>
          </div>
        </Stack>
      </form>
    </Card>
  )
}

function SampleCard({ workspace }: { readonly workspace: Workspace }) {
  const { can } = useSession()
  const load = useMutation(
    api.workspace.loadSample.mutationOptions({
      onSuccess: () => notifyDone(words.sampleStarted),
      onError: notifyError,
    }),
  )
  if (!can('workspace.manage')) return null
  return (
    <Card title={words.sample} about={workspace.hasSample ? words.sampleThere : words.sampleAbout}>
      {!workspace.hasSample && (
        <Button variant="default" loading={load.isPending} onClick={() => load.mutate({})}>
          {words.sampleLoad}
        </Button>
      )}
    </Card>
  )
}
