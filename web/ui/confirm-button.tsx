import { Button, Group } from '@mantine/core'
import { useState } from 'react'

export interface ConfirmButtonProps {
  readonly label: string
  readonly confirm: string
  readonly isBusy: boolean
  readonly onConfirm: () => void
  /** It was asked already: shows the question at once. */
  readonly isAsked?: boolean
  readonly onKeep?: () => void
}

/** Asks once more in place, without a window, before what cannot be taken back. */
export function ConfirmButton({
  label,
  confirm,
  isBusy,
  onConfirm,
  isAsked = false,
  onKeep,
}: ConfirmButtonProps) {
  const [isAsking, setIsAsking] = useState(isAsked)
  function handleKeep(): void {
    setIsAsking(false)
    onKeep?.()
  }
  if (!isAsking) {
    return (
      <Button variant="default" size="xs" onClick={() => setIsAsking(true)}>
        {label}
      </Button>
    )
  }
  return (
    <Group gap={6} wrap="nowrap">
      <Button color="red" size="xs" loading={isBusy} onClick={onConfirm} autoFocus>
        {confirm}
      </Button>
      <Button variant="subtle" color="gray" size="xs" onClick={handleKeep}>
        Keep
      </Button>
    </Group>
  )
}
