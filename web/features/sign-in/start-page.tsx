import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { lastWorkspace } from '../../current-workspace.ts'
import { errorCode } from '../../error-words.ts'
import { meQuery } from '../../session.ts'
import { ErrorState } from '../../ui/states.tsx'
import { NewWorkspaceForm } from './new-workspace-form.tsx'
import { OutsideFrame } from './outside-frame.tsx'
import { words } from './words.ts'

/** The address without a path: to the last workspace, to sign-in, or to the one-time link of a new installation. */
export function StartPage() {
  const me = useQuery({ ...meQuery, retry: false })
  const isStranger = errorCode(me.error) === 'UNAUTHORIZED'
  const setup = useQuery(api.setup.state.queryOptions({ enabled: isStranger }))
  if (me.data !== undefined) return <ToWorkspace slugs={me.data.workspaces.map((one) => one.slug)} />
  if (me.error !== null && !isStranger)
    return <ErrorState error={me.error} onRetry={() => void me.refetch()} />
  if (setup.error !== null) return <ErrorState error={setup.error} onRetry={() => void setup.refetch()} />
  if (setup.data?.isNeeded === true) {
    return (
      <OutsideFrame title={words.notReadyTitle} about={words.notReadyAbout}>
        {null}
      </OutsideFrame>
    )
  }
  return setup.data === undefined ? null : <Navigate to="/sign-in" search={{}} replace />
}

function ToWorkspace({ slugs }: { readonly slugs: readonly string[] }) {
  const last = lastWorkspace()
  const slug = slugs.find((candidate) => candidate === last) ?? slugs[0]
  if (slug !== undefined) return <Navigate to="/w/$workspace/today" params={{ workspace: slug }} replace />
  return (
    <OutsideFrame title={words.noWorkspaceTitle} about={words.noWorkspaceAbout}>
      <NewWorkspaceForm />
    </OutsideFrame>
  )
}
