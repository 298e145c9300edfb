import { Button, Group, Pill, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { BusinessHours, Workspace } from '../../../contract/workspace.ts'
import { useSession } from '../../session.ts'
import { Card } from '../../ui/page.tsx'
import { dayFault, weekdays } from './day-hours.ts'
import { HoursEditor } from './hours-editor.tsx'
import { LoadedWorkspace } from './loaded-workspace.tsx'
import { useWorkspaceChange } from './use-workspace-change.ts'
import { words } from './words.ts'

export function HoursTab() {
  return <LoadedWorkspace>{(workspace) => <Hours workspace={workspace} />}</LoadedWorkspace>
}

function Hours({ workspace }: { readonly workspace: Workspace }) {
  const { can } = useSession()
  const change = useWorkspaceChange()
  const [hours, setHours] = useState<BusinessHours>(workspace.hours)
  const isReadOnly = !can('workspace.manage')
  const isFaulty = weekdays.some((day) => dayFault(hours.weekly[day] ?? []) !== undefined)
  const isChanged = JSON.stringify(hours) !== JSON.stringify(workspace.hours)
  return (
    <>
      <Card
        title={words.hours}
        about={isReadOnly ? words.notYours : `${words.hoursAbout} (${workspace.timeZone})`}
      >
        <HoursEditor
          value={hours.weekly}
          onChange={(weekly) => setHours({ ...hours, weekly })}
          isReadOnly={isReadOnly}
        />
      </Card>
      <Card title={words.holidays} about={words.holidaysAbout}>
        <Holidays
          days={hours.holidays}
          onChange={(holidays) => setHours({ ...hours, holidays: [...holidays] })}
          isReadOnly={isReadOnly}
        />
      </Card>
      {!isReadOnly && (
        <Button
          mt="md"
          disabled={!isChanged || isFaulty}
          loading={change.isPending}
          onClick={() => change.mutate({ hours })}
        >
          {words.save}
        </Button>
      )}
    </>
  )
}

interface HolidaysProps {
  readonly days: readonly string[]
  readonly onChange: (days: readonly string[]) => void
  readonly isReadOnly: boolean
}

function Holidays({ days, onChange, isReadOnly }: HolidaysProps) {
  const [day, setDay] = useState('')
  function handleAdd(): void {
    if (day === '') return
    onChange([...new Set([...days, day])].toSorted())
    setDay('')
  }
  return (
    <>
      <Pill.Group mb="sm">
        {days.length === 0 && <span style={{ color: 'var(--hs-dim)' }}>{words.noHolidays}</span>}
        {days.map((one) => (
          <Pill
            key={one}
            size="md"
            withRemoveButton={!isReadOnly}
            removeButtonProps={{
              'aria-label': words.removeHoliday(sayDay(one)),
              tabIndex: 0,
              'aria-hidden': false,
            }}
            onRemove={() => onChange(days.filter((other) => other !== one))}
          >
            {sayDay(one)}
          </Pill>
        ))}
      </Pill.Group>
      {!isReadOnly && (
        <Group gap="xs">
          <TextInput
            type="date"
            size="xs"
            aria-label={words.addHoliday}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <Button size="xs" variant="default" disabled={day === ''} onClick={handleAdd}>
            {words.addHoliday}
          </Button>
        </Group>
      )}
    </>
  )
}

function sayDay(day: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}
