import { Autocomplete, CloseButton, Popover } from '@mantine/core'
import { IconClock, IconTag, IconUser, IconUsersGroup, IconCircleCheck } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import type { CaseRow } from '../../../../contract/cases.ts'
import { useKeys } from '../../../ui/keys.ts'
import { AssignPicker, FunctionPicker, SnoozePicker, StatusPicker } from '../actions/pickers.tsx'
import { useTagsInUse } from '../actions/use-tags-in-use.ts'
import type { useBulk } from '../actions/use-bulk.ts'
import { type DeskPicker, useDesk, usePickers } from '../desk-context.ts'
import styles from './bulk-bar.module.css'
import { largestBulk } from './selection.ts'
import { bulkWords } from './words.ts'

export interface BulkBarProps {
  readonly rows: readonly CaseRow[]
  readonly bulk: ReturnType<typeof useBulk>
  readonly onClear: () => void
}

/** What can be done to all picked cases at once. */
export function BulkBar({ rows, bulk, onClear }: BulkBarProps) {
  const { can } = useDesk()
  const pickers = usePickers('bulk')
  useBulkKeys()
  const open = (name: DeskPicker) => ({
    ...pickers(name),
    isDisabled: bulk.isRunning || !can('cases.work'),
    className: styles.action,
    position: 'top-start' as const,
  })
  return (
    <div className={styles.bar} role="toolbar" aria-label={bulkWords.title}>
      <span className={styles.count} role="status">
        {bulkWords.picked(rows.length)}
        {rows.length >= largestBulk && ` · ${bulkWords.limit}`}
      </span>
      <AssignPicker
        {...open('assign')}
        value={null}
        onPick={(to) =>
          bulk.run({ rows, change: { to: 'assign', memberId: to?.id ?? null }, shown: { assignee: to } })
        }
      >
        <IconUser size={16} aria-hidden /> <span>{bulkWords.assign}</span>
      </AssignPicker>
      <FunctionPicker
        {...open('hand-over')}
        onPick={(key) =>
          bulk.run({ rows, change: { to: 'hand-over', function: key }, shown: { function: key } })
        }
      >
        <IconUsersGroup size={16} aria-hidden /> <span>{bulkWords.handOver}</span>
      </FunctionPicker>
      <StatusPicker
        {...open('status')}
        value={null}
        onPick={(status) => bulk.run({ rows, change: { to: 'status', status }, shown: { status } })}
      >
        <IconCircleCheck size={16} aria-hidden /> <span>{bulkWords.status}</span>
      </StatusPicker>
      <SnoozePicker
        {...open('snooze')}
        isSnoozed={rows.some((row) => row.snoozedUntil !== null)}
        onPick={(time) => {
          const until = time?.toISOString() ?? null
          bulk.run({ rows, change: { to: 'snooze', until }, shown: { snoozedUntil: until } })
        }}
      >
        <IconClock size={16} aria-hidden /> <span>{bulkWords.snooze}</span>
      </SnoozePicker>
      <TagAll
        {...open('tags')}
        onTag={(tag) => bulk.run({ rows, change: { to: 'add-tag', tag }, shown: null })}
      />
      <CloseButton size="sm" aria-label={bulkWords.clear} onClick={onClear} />
    </div>
  )
}

/** While cases are picked, the keys of a case open the lists for all of them. */
function useBulkKeys(): void {
  const pickers = usePickers('bulk')
  const open = (keys: string, title: string, what: DeskPicker) => ({
    keys,
    title,
    run: () => pickers(what).onOpen(true),
  })
  useKeys(bulkWords.title, [
    open('a', bulkWords.assign, 'assign'),
    open('h', bulkWords.handOver, 'hand-over'),
    open('s', bulkWords.snooze, 'snooze'),
    open('e', bulkWords.status, 'status'),
    open('t', bulkWords.tag, 'tags'),
  ])
}

interface TagAllProps {
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly isDisabled: boolean
  readonly onTag: (tag: string) => void
}

function TagAll({ isOpen, onOpen, isDisabled, onTag }: TagAllProps) {
  const [tag, setTag] = useState('')
  const known = useTagsInUse(tag)
  function handleSubmit(event: SubmitEvent): void {
    event.preventDefault()
    if (tag.trim() === '') return
    onOpen(false)
    setTag('')
    onTag(tag.trim())
  }
  return (
    <Popover opened={isOpen} onChange={onOpen} trapFocus position="top-end" returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.action}
          title={bulkWords.tag}
          aria-expanded={isOpen}
          disabled={isDisabled}
          onClick={() => onOpen(!isOpen)}
        >
          <IconTag size={16} aria-hidden /> <span>{bulkWords.tag}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={handleSubmit}>
          <Autocomplete
            data-autofocus
            label={bulkWords.tagName}
            maxLength={60}
            value={tag}
            onChange={setTag}
            data={[...known]}
            comboboxProps={{ withinPortal: false }}
          />
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
