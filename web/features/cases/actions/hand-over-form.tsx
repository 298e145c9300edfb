import { Button, Popover, Select, Textarea } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { useDesk } from '../desk-context.ts'
import styles from './forms.module.css'
import { actionWords } from './words.ts'

/** Hands the case to another function, to a person there if one is named, with what they need to know. */
export function HandOverForm({
  detail,
  onDone,
}: {
  readonly detail: CaseDetail
  readonly onDone: () => void
}) {
  const { functions, members, actions } = useDesk()
  const [key, setKey] = useState<string | null>(null)
  const [memberId, setMemberId] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const there = members.filter((member) => key !== null && member.functions.includes(key))

  function handleSubmit(event: SubmitEvent): void {
    event.preventDefault()
    const chosen = functions.find((candidate) => candidate.key === key)
    if (chosen === undefined) return
    const member = members.find((candidate) => candidate.id === memberId) ?? null
    onDone()
    void actions.handOver(detail, { function: chosen.key, title: chosen.title, member, reason })
  }

  return (
    <form onSubmit={handleSubmit} className={styles.form}>
      <Select
        data-autofocus
        searchable
        label={actionWords.handOverTo}
        data={functions.filter((item) => item.key !== detail.function).map(toOption)}
        value={key}
        onChange={(next) => {
          setKey(next)
          setMemberId(null)
        }}
        comboboxProps={{ withinPortal: false }}
      />
      <Select
        clearable
        searchable
        label={actionWords.toMember}
        placeholder={actionWords.anybody}
        disabled={there.length === 0}
        data={there.map((member) => ({ value: member.id, label: member.name }))}
        value={memberId}
        onChange={setMemberId}
        comboboxProps={{ withinPortal: false }}
      />
      <Textarea
        label={actionWords.reason}
        autosize
        minRows={2}
        maxRows={5}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button type="submit" disabled={key === null}>
        {actionWords.handOver}
      </Button>
    </form>
  )
}

function toOption({ key, title }: { readonly key: string; readonly title: string }) {
  return { value: key, label: title }
}

export interface FormPopoverProps {
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly target: React.ReactElement
  readonly children: React.ReactNode
  readonly title: string
}

/** A small form below its button; Escape closes it and nothing else. */
export function FormPopover({ isOpen, onOpen, target, children, title }: FormPopoverProps) {
  return (
    <Popover opened={isOpen} onChange={onOpen} trapFocus returnFocus width={300} position="bottom-start">
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown aria-label={title}>{isOpen && children}</Popover.Dropdown>
    </Popover>
  )
}
