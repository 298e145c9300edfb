import { createORPCClient, onError, onSuccess } from '@orpc/client'
import type { JsonifiedClient } from '@orpc/openapi-client'
import { OpenAPILink } from '@orpc/openapi-client/fetch'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import { QueryClient } from '@tanstack/react-query'
import smallContract from 'virtual:contract'
import type { contract } from '../contract/index.ts'
import { currentWorkspace } from './current-workspace.ts'
import { errorCode, isWorthAnotherTry } from './error-words.ts'
import { markSession } from './session-ended.ts'

export type Client = JsonifiedClient<ContractRouterClient<typeof contract>>

const link = new OpenAPILink(smallContract, {
  url: () => `${location.origin}/api/v1`,
  headers: workspaceHeaders,
  fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
  interceptors: [
    onSuccess(() => markSession(false)),
    onError((error) => {
      if (errorCode(error) === 'UNAUTHORIZED') markSession(true)
    }),
  ],
})

/** Calls endpoints by name: `client.cases.get({ id })`. Refusals are thrown; error-words.ts says them. */
export const client: Client = createORPCClient(link)

/** Query and mutation options by endpoint: `useQuery(api.cases.get.queryOptions({ input: { id } }))`. */
export const api = createTanstackQueryUtils(client)

/** What the live stream refreshes needs no clock: data is fresh until an event says otherwise. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && isWorthAnotherTry(error),
    },
    mutations: { retry: false },
  },
})

export function workspaceHeaders(): Record<string, string> {
  const workspace = currentWorkspace()
  return workspace === undefined ? {} : { 'horseshoe-workspace': workspace }
}
