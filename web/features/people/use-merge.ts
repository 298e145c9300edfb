import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Person } from '../../../contract/people.ts'
import { api, client } from '../../api.ts'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { mergeWords } from './words.ts'

/** Undoes a merge; both persons are as they were. */
export function useUndoMerge() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => client.people.undoMerge({ id }),
    onSuccess: () => notifyDone(mergeWords.undone),
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.people.key() }),
  })
}

/** Merges another person into this one, with a way back. */
export function useMerge(into: Person, onDone: () => void) {
  const queryClient = useQueryClient()
  const undo = useUndoMerge()
  return useMutation({
    mutationFn: ({ other, why }: { readonly other: Person; readonly why: string }) =>
      client.people.merge({ id: into.id, other: other.id, why }),
    onSuccess: ({ mergeId }, { other }) => {
      notifyDone(mergeWords.done(other.name), () => undo.mutate(mergeId))
      onDone()
    },
    onError: notifyError,
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: api.people.key() })
      void queryClient.invalidateQueries({ queryKey: api.cases.key() })
    },
  })
}
