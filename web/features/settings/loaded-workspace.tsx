import type { ReactNode } from 'react'
import type { Workspace } from '../../../contract/workspace.ts'
import { useWorkspace } from '../../session.ts'
import { ErrorState, Lines } from '../../ui/states.tsx'

/** Shows what needs the workspace once it is there. */
export function LoadedWorkspace({ children }: { readonly children: (workspace: Workspace) => ReactNode }) {
  const workspace = useWorkspace()
  if (workspace.error !== null)
    return <ErrorState error={workspace.error} onRetry={() => void workspace.refetch()} />
  if (workspace.data === undefined) return <Lines rows={5} />
  return children(workspace.data)
}
