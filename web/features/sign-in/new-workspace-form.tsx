import { Button, Checkbox, Select, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type FormEvent } from 'react'
import { api, queryClient } from '../../api.ts'
import { notifyError } from '../../ui/notify.tsx'
import { meQuery } from '../../session.ts'
import { ownTimeZone, timeZones } from '../../ui/time-zones.ts'
import { words } from './words.ts'

export function NewWorkspaceForm() {
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const [timeZone, setTimeZone] = useState<string>(ownTimeZone())
  const [withSample, setWithSample] = useState(false)
  const make = useMutation(
    api.workspace.create.mutationOptions({
      onSuccess: async ({ slug }) => {
        await queryClient.fetchQuery({ ...meQuery, staleTime: 0 })
        await navigate({ to: '/w/$workspace/today', params: { workspace: slug } })
      },
      onError: notifyError,
    }),
  )
  function handleSubmit(event: FormEvent): void {
    event.preventDefault()
    make.mutate({ name, timeZone, withSample })
  }
  return (
    <form onSubmit={handleSubmit}>
      <Stack gap="sm">
        <TextInput
          label={words.workspaceName}
          required
          withAsterisk={false}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={words.timeZone}
          searchable
          data={timeZones()}
          value={timeZone}
          onChange={(zone) => setTimeZone(zone ?? timeZone)}
        />
        <Checkbox
          label={words.withSample}
          checked={withSample}
          onChange={(event) => setWithSample(event.currentTarget.checked)}
        />
        <Button type="submit" loading={make.isPending}>
          {words.makeWorkspace}
        </Button>
      </Stack>
    </form>
  )
}
