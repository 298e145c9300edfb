import { Popover } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useState } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { useNow } from '../../../ui/relative-time.tsx'
import { sayExact } from '../../../ui/say-time.ts'
import { useDesk, usePickers } from '../desk-context.ts'
import styles from './picker.module.css'
import { SnoozePicker } from './pickers.tsx'
import { SnoozeForm } from './snooze-form.tsx'
import header from '../thread/case-header.module.css'
import { actionWords } from './words.ts'

/** Puts the case aside until a time, or brings it back. */
export function CaseSnooze({ detail }: { readonly detail: CaseDetail }) {
  const { onSnooze, can } = useDesk()
  const open = usePickers('case')('snooze')
  const [isChoosing, setIsChoosing] = useState(false)
  const now = useNow()
  const { snoozedUntil } = detail
  return (
    <Popover
      opened={isChoosing}
      onChange={setIsChoosing}
      trapFocus
      returnFocus
      withRoles={false}
      width={260}
      position="bottom-end"
    >
      <Popover.Target>
        <span>
          <SnoozePicker
            {...open}
            isDisabled={!can('cases.work')}
            isSnoozed={snoozedUntil !== null}
            position="bottom-end"
            className={styles.action}
            onPick={(until) => onSnooze(detail, until)}
            onOther={() => setIsChoosing(true)}
          >
            <IconClock size={15} aria-hidden />
            <span className={header.label}>
              {snoozedUntil === null ? actionWords.snooze : sayExact(Date.parse(snoozedUntil))}
            </span>
          </SnoozePicker>
        </span>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={actionWords.chooseTime}>
        {isChoosing && (
          <SnoozeForm
            now={now}
            onPick={(until) => {
              setIsChoosing(false)
              onSnooze(detail, until)
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  )
}
