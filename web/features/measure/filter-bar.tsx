import { Button, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useWorkspace } from '../../session.ts'
import { channelTitle } from '../../ui/channel-mark.tsx'
import { useNow } from '../../ui/relative-time.tsx'
import styles from './measure.module.css'
import { lastDays, type FilterName } from './report-search.ts'
import { useReport } from './use-report.ts'
import { intentWords, words } from './words.ts'

interface Choice {
  readonly value: string
  readonly label: string
}

/** Every filter of the report; each stands in the address. */
export function FilterBar() {
  const { search, filter, change } = useReport()
  const presences = useQuery(api.presences.list.queryOptions())
  const workspace = useWorkspace()
  const channels = [...new Set(presences.data?.items.map((presence) => presence.channel))]
  const isFiltered = Object.keys(filter).length > 0
  return (
    <div className={styles.filters}>
      <Period />
      <One
        name="presence"
        any={words.anyPresence}
        choices={(presences.data?.items ?? []).map((one) => ({
          value: one.id,
          label: one.name || one.handle,
        }))}
      />
      <One
        name="function"
        any={words.anyFunction}
        choices={(workspace.data?.functions ?? []).map((one) => ({ value: one.key, label: one.title }))}
      />
      <One
        name="intent"
        any={words.anyIntent}
        choices={Object.entries(intentWords).map(([value, label]) => ({ value, label }))}
      />
      <One
        name="channel"
        any={words.anyChannel}
        choices={channels.map((value) => ({ value, label: channelTitle(value) }))}
      />
      <One name="hour" any={words.anyHour} choices={hours} />
      {isFiltered && (
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<IconX size={14} />}
          onClick={() => change(withoutFilters(search))}
        >
          {words.clear}
        </Button>
      )}
    </div>
  )
}

const hours: readonly Choice[] = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: words.hourTitle(hour),
}))

interface OneProps {
  readonly name: 'presence' | 'function' | 'intent' | 'channel' | 'hour'
  readonly any: string
  readonly choices: readonly Choice[]
}

function One({ name, any, choices }: OneProps) {
  const { search, change } = useReport()
  return (
    <Select
      size="xs"
      aria-label={words[name]}
      data={[{ value: '', label: any }, ...choices]}
      value={search[name] ?? ''}
      onChange={(value) => change({ [name]: value || undefined })}
      searchable={choices.length > 10}
      data-chosen={search[name] !== undefined || undefined}
      className={styles.filter}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      maxDropdownHeight={320}
    />
  )
}

const presets = [7, 28, 90] as const

function Period() {
  const { search, change } = useReport()
  const [isCustom, setIsCustom] = useState(false)
  const now = new Date(useNow())
  const { from, to } = search
  const preset = presets.find((days) => {
    const range = lastDays(days, now)
    return range.from === from && range.to === to
  })
  const isAll = from === undefined && to === undefined
  const isOpen = isCustom || (!isAll && preset === undefined)
  function handleChoice(choice: string | null): void {
    setIsCustom(choice === 'custom')
    if (choice === 'custom') return
    const days = Number(choice)
    change(days > 0 ? lastDays(days, new Date()) : { from: undefined, to: undefined })
  }
  return (
    <>
      <Select
        size="xs"
        aria-label={words.period}
        className={styles.filter}
        data-chosen={!isAll || undefined}
        value={isOpen ? 'custom' : String(preset ?? 0)}
        onChange={handleChoice}
        data={[
          { value: '0', label: words.allTime },
          ...presets.map((days) => ({ value: String(days), label: words.days(days) })),
          { value: 'custom', label: words.custom },
        ]}
      />
      {isOpen && <DayField name="from" />}
      {isOpen && <DayField name="to" />}
    </>
  )
}

function DayField({ name }: { readonly name: 'from' | 'to' }) {
  const { search, change } = useReport()
  return (
    <TextInput
      size="xs"
      type="date"
      aria-label={words[name]}
      className={styles.filter}
      value={search[name] ?? ''}
      max={name === 'from' ? search['to'] : undefined}
      min={name === 'to' ? search['from'] : undefined}
      onChange={(event) => change({ [name]: event.currentTarget.value || undefined })}
    />
  )
}

function withoutFilters(search: Readonly<Record<string, string | undefined>>): Record<string, undefined> {
  const names: readonly FilterName[] = ['from', 'to', 'presence', 'function', 'intent', 'hour', 'channel']
  return Object.fromEntries(
    names.filter((name) => search[name] !== undefined).map((name) => [name, undefined]),
  )
}
