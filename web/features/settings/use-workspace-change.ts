import { useMutation } from '@tanstack/react-query'
import { api, queryClient } from '../../api.ts'
import { meQuery } from '../../session.ts'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { words } from './words.ts'

/** Changes settings of the workspace and says so. */
export function useWorkspaceChange() {
  return useMutation(
    api.workspace.update.mutationOptions({
      onSuccess: (workspace) => {
        queryClient.setQueryData(api.workspace.get.queryKey(), workspace)
        void queryClient.invalidateQueries({ queryKey: meQuery.queryKey })
        notifyDone(words.saved)
      },
      onError: notifyError,
    }),
  )
}
