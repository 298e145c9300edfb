import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { ErrorState, Lines } from '../../ui/states.tsx'
import { OutsideFrame } from '../sign-in/outside-frame.tsx'
import { SetupForm } from './setup-form.tsx'
import { words } from './words.ts'

/** First run. The token stands behind `#`, so that it never reaches a log on the way. */
export function SetupPage() {
  const token = location.hash.slice(1)
  const state = useQuery(api.setup.state.queryOptions({ retry: false }))
  if (state.error !== null) return <ErrorState error={state.error} onRetry={() => void state.refetch()} />
  if (state.data === undefined) return <Lines rows={3} />
  if (!state.data.isNeeded) {
    return (
      <OutsideFrame title={words.usedTitle} about={words.usedAbout}>
        <Button component={Link} to="/sign-in">
          {words.signIn}
        </Button>
      </OutsideFrame>
    )
  }
  if (token.length < 20) {
    return (
      <OutsideFrame title={words.incompleteTitle} about={words.incompleteAbout}>
        {null}
      </OutsideFrame>
    )
  }
  return <SetupForm token={token} />
}
