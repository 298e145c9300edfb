import { Button } from '@mantine/core'
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { EmptyState, ErrorState, Lines } from '../ui/states.tsx'

export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  function handleRetry(): void {
    reset()
    void router.invalidate()
  }
  return <ErrorState error={error} onRetry={handleRetry} />
}

export function PageUnknown() {
  return (
    <EmptyState
      title="This page does not exist"
      action={
        <Button component={Link} to="/" variant="default">
          Go to the start
        </Button>
      }
    >
      The address may be incomplete, or the page was moved.
    </EmptyState>
  )
}

export function PageSkeleton() {
  return (
    <div style={{ padding: 24 }}>
      <Lines rows={8} />
    </div>
  )
}
