import { IconFilter, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { CaseRow } from '../../../../contract/cases.ts'
import { api } from '../../../api.ts'
import { channelTitle } from '../../../ui/channel-mark.tsx'
import { Picker } from '../actions/picker.tsx'
import { useTagsInUse } from '../actions/use-tags-in-use.ts'
import { useDesk } from '../desk-context.ts'
import {
  type DeskSearch,
  type FilterName,
  filterNames,
  isFlag,
  readDeskSearch,
  setFilters,
  withoutFilters,
} from '../desk-search.ts'
import { filterTitles } from '../words.ts'
import { filterOptions, filterValue, type FilterSources } from './filter-options.ts'
import styles from './list-head.module.css'
import { listWords } from './words.ts'

export function useFilterSources(rows: readonly CaseRow[]): FilterSources {
  const { functions, members } = useDesk()
  const { data } = useQuery(api.presences.list.queryOptions())
  const presences = data?.items
  const tags = useTagsInUse('')
  return useMemo(
    () => ({ functions, members, presences: presences ?? [], rows, tags, channelTitle }),
    [functions, members, presences, rows, tags],
  )
}

/** Adds a filter in two steps: which, and which value. */
export function FilterButton({ sources }: { readonly sources: FilterSources }) {
  const { search, change } = useDesk()
  const [isOpen, setIsOpen] = useState(false)
  const [step, setStep] = useState<FilterName | null>(null)
  const names = filterNames.map((name) => ({ value: name, label: filterTitles[name] }))

  function handleOpen(next: boolean): void {
    setIsOpen(next)
    setStep(null)
  }
  function handlePick(value: string): void {
    if (step !== null) return change(readDeskSearch({ ...search, [step]: value }))
    const name = filterNames.find((candidate) => candidate === value)
    if (name === undefined) return
    if (isFlag(name)) return change({ [name]: 'yes' })
    setStep(name)
    setIsOpen(true)
  }

  return (
    <Picker
      title={step === null ? listWords.addFilter : filterTitles[step]}
      options={step === null ? names : filterOptions(step, sources)}
      value={step === null ? null : (search[step] ?? null)}
      isOpen={isOpen}
      onOpen={handleOpen}
      onPick={handlePick}
      className={styles.tool}
      position="bottom-end"
    >
      <IconFilter size={16} aria-hidden />
      <span className="hs-visually-hidden">{listWords.filter}</span>
    </Picker>
  )
}

/** The filters that are set; each can be taken away. */
export function FilterChips({ sources }: { readonly sources: FilterSources }) {
  const { search, change } = useDesk()
  const names = setFilters(search)
  if (names.length === 0) return null
  return (
    <div className={styles.chips}>
      {names.map((name) => {
        const title = chipTitle(name, search, sources)
        return (
          <button
            key={name}
            type="button"
            className={styles.chip}
            aria-label={listWords.removeFilter(title)}
            onClick={() => change({ [name]: undefined })}
          >
            <span>{title}</span>
            <IconX size={12} aria-hidden />
          </button>
        )
      })}
      <button
        type="button"
        className={styles.clear}
        onClick={() => {
          const none = Object.fromEntries(filterNames.map((name) => [name, undefined]))
          change({ ...none, ...withoutFilters(search) })
        }}
      >
        {listWords.clearFilters}
      </button>
    </div>
  )
}

function chipTitle(name: FilterName, search: DeskSearch, sources: FilterSources): string {
  if (name === 'late') return listWords.late
  return isFlag(name) ? filterTitles[name] : `${filterTitles[name]}: ${filterValue(name, search, sources)}`
}
