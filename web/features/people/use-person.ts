import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Person } from '../../../contract/people.ts'
import { api, client } from '../../api.ts'
import { notifyError } from '../../ui/notify.tsx'

/** One person with identities and the evidence for them. */
export function usePerson(id: string) {
  return useQuery(api.people.get.queryOptions({ input: { id } }))
}

export type PersonChange = Omit<Parameters<typeof client.people.update>[0], 'id'>

/** Changes a person: shown at once, put right if the server refuses. */
export function useUpdatePerson(id: string) {
  const queryClient = useQueryClient()
  const key = api.people.get.queryKey({ input: { id } })
  return useMutation({
    mutationFn: (change: PersonChange) => client.people.update({ id, ...change }),
    onMutate: (change) => {
      const before = queryClient.getQueryData<Person>(key)
      queryClient.setQueryData<Person>(key, (person) =>
        person === undefined ? person : shown(person, change),
      )
      return { before }
    },
    onSuccess: (person) => queryClient.setQueryData<Person>(key, person),
    onError: (error, _change, context) => {
      queryClient.setQueryData(key, context?.before)
      notifyError(error)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.people.list.key() }),
  })
}

function shown(person: Person, change: PersonChange): Person {
  const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  return { ...person, ...set }
}
