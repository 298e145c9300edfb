import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { sayError } from '../error-words.ts'

/** Says that something was done; with `undo` it can be taken back for eight seconds. */
export function notifyDone(text: string, undo?: () => void): void {
  const id = crypto.randomUUID()
  notifications.show({
    id,
    autoClose: undo === undefined ? 4000 : 8000,
    withBorder: true,
    message:
      undo === undefined ? (
        text
      ) : (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{text}</Text>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => {
              notifications.hide(id)
              undo()
            }}
          >
            Undo
          </Button>
        </Group>
      ),
  })
}

/** Says what failed and what to do; stays until it is closed. */
export function notifyError(error: unknown): void {
  const words = sayError(error)
  notifications.show({
    color: 'red',
    withBorder: true,
    autoClose: 12_000,
    title: words.title,
    message: [words.detail, words.hint].filter(Boolean).join(' '),
  })
}
