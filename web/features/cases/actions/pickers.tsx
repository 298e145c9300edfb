import type { ReactNode } from 'react'
import type { Member } from '../../../../contract/workspace.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { useNow } from '../../../ui/relative-time.tsx'
import { sayExact } from '../../../ui/say-time.ts'
import { useDesk } from '../desk-context.ts'
import { priorities } from '../desk-search.ts'
import { priorityTitles, statusTitles } from '../words.ts'
import { Picker, type PickerProps } from './picker.tsx'
import { snoozeTimes } from './snooze-times.ts'
import type { Named, SettableStatus } from './use-case-actions.ts'
import { actionWords } from './words.ts'

interface OpenProps {
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly children: ReactNode
  readonly isDisabled?: boolean
  readonly className?: string
  readonly position?: PickerProps['position']
}

const nobody = 'nobody'

/** Who is on point; the reader stands first, then those available. */
export function AssignPicker({
  value,
  onPick,
  ...open
}: OpenProps & { readonly value: string | null; readonly onPick: (to: Named | null) => void }) {
  const { members, memberId } = useDesk()
  const ordered = members.toSorted((a, b) => Number(b.id === memberId) - Number(a.id === memberId))
  const options = [
    ...ordered.map((member) => ({
      value: member.id,
      label: member.name,
      mark: <Avatar name={member.name} of="member" size={20} isAway={!member.isAvailable} />,
      detail: detailOf(member, member.id === memberId),
    })),
    { value: nobody, label: actionWords.nobody },
  ]
  return (
    <Picker
      {...open}
      title={actionWords.assignTo}
      options={options}
      value={value ?? nobody}
      onPick={(picked) => onPick(members.find((member) => member.id === picked) ?? null)}
    />
  )
}

function detailOf(member: Member, isMe: boolean): string {
  if (member.isAvailable) return isMe ? actionWords.me : ''
  const { awayUntil } = member
  return awayUntil === null ? actionWords.away : actionWords.awayUntil(sayExact(Date.parse(awayUntil)))
}

const settable = ['open', 'pending', 'on-hold', 'resolved'] as const satisfies readonly SettableStatus[]

export function StatusPicker({
  value,
  onPick,
  ...open
}: OpenProps & { readonly value: string | null; readonly onPick: (status: SettableStatus) => void }) {
  return (
    <Picker
      {...open}
      title={actionWords.status}
      options={settable.map((status) => ({ value: status, label: statusTitles[status] }))}
      value={value}
      onPick={(picked) => {
        const status = settable.find((candidate) => candidate === picked)
        if (status !== undefined) onPick(status)
      }}
    />
  )
}

export function PriorityPicker({
  value,
  onPick,
  ...open
}: OpenProps & { readonly value: string; readonly onPick: (priority: (typeof priorities)[number]) => void }) {
  return (
    <Picker
      {...open}
      title={actionWords.priority}
      options={priorities.map((priority) => ({ value: priority, label: priorityTitles[priority] }))}
      value={value}
      onPick={(picked) => {
        const priority = priorities.find((candidate) => candidate === picked)
        if (priority !== undefined) onPick(priority)
      }}
    />
  )
}

/** The functions of the company, without the one that has the case already. */
export function FunctionPicker({
  without,
  onPick,
  ...open
}: OpenProps & { readonly without?: string; readonly onPick: (key: string) => void }) {
  const { functions } = useDesk()
  return (
    <Picker
      {...open}
      title={actionWords.handOverTo}
      options={functions
        .filter((candidate) => candidate.key !== without)
        .map(({ key, title }) => ({ value: key, label: title }))}
      onPick={onPick}
    />
  )
}

const wake = 'wake'
const dayAndHour = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  hour: 'numeric',
  minute: '2-digit',
})
const dateAndHour = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
})

/** When the case comes back; the first choices, and any time by its own field. */
export function SnoozePicker({
  isSnoozed,
  onPick,
  onOther,
  ...open
}: OpenProps & {
  readonly isSnoozed: boolean
  readonly onPick: (until: Date | null) => void
  readonly onOther?: () => void
}) {
  const times = snoozeTimes(new Date(useNow()))
  const options = [
    ...(isSnoozed ? [{ value: wake, label: actionWords.wake }] : []),
    ...times.map(({ choice, until }) => ({
      value: choice,
      label: actionWords[choice],
      detail: (choice === 'week' ? dateAndHour : dayAndHour).format(until),
    })),
    ...(onOther === undefined ? [] : [{ value: 'other', label: actionWords.chooseTime }]),
  ]
  return (
    <Picker
      {...open}
      title={actionWords.snooze}
      options={options}
      onPick={(picked) => {
        if (picked === 'other') return onOther?.()
        if (picked === wake) return onPick(null)
        const time = times.find(({ choice }) => choice === picked)
        if (time !== undefined) onPick(time.until)
      }}
    />
  )
}
