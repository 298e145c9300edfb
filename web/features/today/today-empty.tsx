import { Button, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, queryClient } from '../../api.ts'
import { useSession, useWorkspace } from '../../session.ts'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { words } from './words.ts'

export function TodayEmpty() {
  const { slug, can } = useSession()
  const workspace = useWorkspace()
  const load = useMutation(
    api.workspace.loadSample.mutationOptions({
      onSuccess: () => {
        notifyDone(words.sampleStarted)
        return queryClient.invalidateQueries()
      },
      onError: notifyError,
    }),
  )
  return (
    <EmptyState
      title={words.emptyTitle}
      action={
        <Group gap="xs" justify="center">
          {can('engagements.import') && (
            <Button component={Link} to={`/w/${slug}/import`}>
              {words.emptyImport}
            </Button>
          )}
          {can('workspace.manage') && workspace.data?.hasSample === false && (
            <Button variant="default" loading={load.isPending} onClick={() => load.mutate({})}>
              {words.emptySample}
            </Button>
          )}
          {workspace.data?.contactForm.isOpen === true && (
            <Button variant="default" component="a" href={`/contact/${slug}`} target="_blank" rel="noopener">
              {words.emptyForm}
            </Button>
          )}
        </Group>
      }
    >
      {words.emptyAbout}
    </EmptyState>
  )
}
