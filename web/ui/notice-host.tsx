import '@mantine/notifications/styles.css'
import { Button, Group, Text } from '@mantine/core'
import { Notifications, notifications } from '@mantine/notifications'
import type { ErrorWords } from '../error-words.ts'

export function NoticeHost() {
  return <Notifications position="bottom-left" limit={4} containerWidth={360} />
}

export function showDone(text: string, undo: (() => void) | undefined): void {
  const id = crypto.randomUUID()
  function handleUndo(): void {
    notifications.hide(id)
    undo?.()
  }
  notifications.show({
    id,
    closeButtonProps: { 'aria-label': 'Close' },
    autoClose: undo === undefined ? 4000 : 8000,
    withBorder: true,
    message:
      undo === undefined ? (
        text
      ) : (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{text}</Text>
          <Button variant="subtle" size="compact-sm" onClick={handleUndo} style={{ flex: 'none' }}>
            Undo
          </Button>
        </Group>
      ),
  })
}

export function showError(words: ErrorWords): void {
  notifications.show({
    color: 'red',
    closeButtonProps: { 'aria-label': 'Close' },
    withBorder: true,
    autoClose: 12_000,
    title: words.title,
    message: [words.detail, words.hint].filter(Boolean).join(' '),
  })
}

export function showLeft(title: string, detail: string): void {
  notifications.show({
    color: 'yellow',
    closeButtonProps: { 'aria-label': 'Close' },
    withBorder: true,
    autoClose: 12_000,
    title,
    message: detail,
  })
}
