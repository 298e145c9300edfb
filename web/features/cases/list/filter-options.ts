import type { CaseRow } from '../../../../contract/cases.ts'
import type { Presence } from '../../../../contract/presences.ts'
import type { CompanyFunction, Member } from '../../../../contract/workspace.ts'
import { type DeskSearch, type FilterName, labels, priorities, sentiments } from '../desk-search.ts'
import { labelTitles, priorityTitles, sentimentTitles } from '../words.ts'

export interface FilterOption {
  readonly value: string
  readonly label: string
}

export interface FilterSources {
  readonly functions: readonly CompanyFunction[]
  readonly members: readonly Member[]
  readonly presences: readonly Presence[]
  readonly rows: readonly CaseRow[]
  readonly tags: readonly string[]
  readonly channelTitle: (channel: string) => string
}

function byLabel(options: readonly FilterOption[]): FilterOption[] {
  return options.toSorted((a, b) => a.label.localeCompare(b.label))
}

function distinct(values: readonly string[], title: (value: string) => string): FilterOption[] {
  return byLabel([...new Set(values)].map((value) => ({ value, label: title(value) })))
}

/** What a filter can be set to; tags are those that cases carry. */
export function filterOptions(name: FilterName, from: FilterSources): FilterOption[] {
  switch (name) {
    case 'function':
      return from.functions.map(({ key, title }) => ({ value: key, label: title }))
    case 'assignee':
      return from.members.map((member) => ({ value: member.id, label: member.name }))
    case 'channel':
      return distinct(
        [...from.presences.map((presence) => presence.channel), ...from.rows.map((row) => row.channel)],
        from.channelTitle,
      )
    case 'presence':
      return byLabel(
        from.presences.map(({ id, name: title, handle, channel }) => ({
          value: id,
          label: `${title || handle} · ${from.channelTitle(channel)}`,
        })),
      )
    case 'priority':
      return priorities.map((value) => ({ value, label: priorityTitles[value] }))
    case 'sentiment':
      return sentiments.map((value) => ({ value, label: sentimentTitles[value] }))
    case 'label':
      return labels.map((value) => ({ value, label: labelTitles[value] }))
    case 'tag':
      return from.tags.map((tag) => ({ value: tag, label: tag }))
    case 'late':
    case 'soon':
    case 'waiting':
    case 'unread':
    case 'unsent':
      return [{ value: 'yes', label: 'Yes' }]
  }
}

/** How a set filter reads: "Service"; the raw value where its name is not known. */
export function filterValue(name: FilterName, search: DeskSearch, from: FilterSources): string {
  const value = search[name] ?? ''
  return filterOptions(name, from).find((option) => option.value === value)?.label ?? value
}
