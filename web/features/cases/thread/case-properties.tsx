import { IconCircleDot, IconFlag, IconTag, IconUser, IconUsersGroup } from '@tabler/icons-react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { ClockBadge } from '../../../ui/clock-badge.tsx'
import { SafeText } from '../../../ui/safe-text.tsx'
import { FormPopover, HandOverForm } from '../actions/hand-over-form.tsx'
import picker from '../actions/picker.module.css'
import { AssignPicker, PriorityPicker, StatusPicker } from '../actions/pickers.tsx'
import { TagsForm } from '../actions/tags-form.tsx'
import { actionWords } from '../actions/words.ts'
import { type DeskPicker, useDesk, usePickers } from '../desk-context.ts'
import { isCounting } from '../clocks.ts'
import { clockTitles, priorityTitles, statusTitles } from '../words.ts'
import styles from './case-header.module.css'

/** Status, priority, assignee, function and tags, each changed where it stands; the clocks beside them. */
export function CaseProperties({ detail }: { readonly detail: CaseDetail }) {
  const { actions, onPicker, can, functionTitle, members } = useDesk()
  const isAway = members.some(({ id, isAvailable }) => id === detail.assignee?.id && !isAvailable)
  const pickers = usePickers('case')
  const open = (name: DeskPicker) => ({
    ...pickers(name),
    isDisabled: !can('cases.work'),
  })
  return (
    <div className={styles.properties}>
      <StatusPicker
        {...open('status')}
        value={detail.status}
        onPick={(status) => void actions.setStatus(detail, status)}
      >
        <IconCircleDot size={14} aria-hidden /> {statusTitles[detail.status]}
      </StatusPicker>
      <PriorityPicker
        {...open('priority')}
        value={detail.priority}
        onPick={(priority) => void actions.setPriority(detail, priority)}
      >
        <IconFlag size={14} aria-hidden data-priority={detail.priority} className={styles.flag} />
        {priorityTitles[detail.priority]}
      </PriorityPicker>
      <AssignPicker
        {...open('assign')}
        value={detail.assignee?.id ?? null}
        onPick={(to) => void actions.assign(detail, to)}
      >
        <Assignee detail={detail} isAway={isAway} />
      </AssignPicker>
      <PropertyForm
        name="hand-over"
        title={actionWords.handOver}
        mark={<IconUsersGroup size={14} aria-hidden />}
        text={functionTitle(detail.function)}
      >
        <HandOverForm detail={detail} onDone={() => onPicker(null)} />
      </PropertyForm>
      <PropertyForm
        name="tags"
        title={actionWords.tags}
        mark={<IconTag size={14} aria-hidden />}
        text={detail.tags.join(', ') || actionWords.addTags}
      >
        <TagsForm detail={detail} onDone={() => onPicker(null)} />
      </PropertyForm>
      <Clocks detail={detail} />
      <AssignReason detail={detail} isAway={isAway} />
    </div>
  )
}

function Assignee({ detail, isAway }: { readonly detail: CaseDetail; readonly isAway: boolean }) {
  const { assignee } = detail
  if (assignee === null) {
    return (
      <>
        <IconUser size={14} aria-hidden /> {actionWords.nobody}
      </>
    )
  }
  return (
    <>
      <Avatar name={assignee.name} of="member" size={18} isAway={isAway} /> {assignee.name}
    </>
  )
}

/** Why the case is whose it is, and that they are away. */
function AssignReason({ detail, isAway }: { readonly detail: CaseDetail; readonly isAway: boolean }) {
  const { assignee, assignReason } = detail
  const away = isAway && assignee !== null ? actionWords.isAway(assignee.name) : null
  if (away === null && assignReason === null) return null
  return (
    <span className={styles.reason}>
      <SafeText text={[away, assignReason].filter((part) => part !== null).join(' · ')} isInline />
    </span>
  )
}

interface PropertyFormProps {
  readonly name: DeskPicker
  readonly title: string
  readonly mark: React.ReactNode
  readonly text: string
  readonly children: React.ReactNode
}

function PropertyForm({ name, title, mark, text, children }: PropertyFormProps) {
  const { can } = useDesk()
  const { isOpen, onOpen } = usePickers('case')(name)
  return (
    <FormPopover
      title={title}
      isOpen={isOpen}
      onOpen={onOpen}
      target={
        <button
          type="button"
          className={picker.trigger}
          title={title}
          aria-expanded={isOpen}
          disabled={!can('cases.work')}
          onClick={() => onOpen(!isOpen)}
        >
          {mark} <SafeText text={text} isInline className={styles.value} />
        </button>
      }
    >
      {children}
    </FormPopover>
  )
}

function Clocks({ detail }: { readonly detail: CaseDetail }) {
  const running = detail.clocks.filter((clock) => isCounting(clock, detail))
  return (
    <span className={styles.clocks}>
      {running.map((clock) => (
        <span key={clock.kind} className={styles.clock}>
          {clockTitles[clock.kind]}
          <ClockBadge
            dueAt={clock.dueAt}
            isPaused={clock.state === 'paused'}
            what={clockTitles[clock.kind]}
          />
        </span>
      ))}
    </span>
  )
}
