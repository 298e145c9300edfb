import { IconArrowsSort } from '@tabler/icons-react'
import { useState } from 'react'
import type { CaseRow } from '../../../../contract/cases.ts'
import { Picker } from '../actions/picker.tsx'
import { useDesk } from '../desk-context.ts'
import { deskSorts } from '../desk-search.ts'
import { sortTitles } from '../words.ts'
import { FilterButton, FilterChips, useFilterSources } from './filters.tsx'
import styles from './list-head.module.css'
import { ListSearch } from './list-search.tsx'
import { ViewLinks } from './view-links.tsx'
import { listWords } from './words.ts'

/** Above the list: views with counts, search, filters, order. */
export function ListHead({ rows }: { readonly rows: readonly CaseRow[] }) {
  const sources = useFilterSources(rows)
  return (
    <div className={styles.head}>
      <ViewLinks />
      <div className={styles.tools}>
        <ListSearch />
        <FilterButton sources={sources} />
        <SortButton />
      </div>
      <FilterChips sources={sources} />
    </div>
  )
}

function SortButton() {
  const { search, change } = useDesk()
  const [isOpen, setIsOpen] = useState(false)
  return (
    <Picker
      title={listWords.sort}
      options={deskSorts.map((value) => ({ value, label: sortTitles[value] }))}
      value={search.sort ?? 'due'}
      isOpen={isOpen}
      onOpen={setIsOpen}
      onPick={(picked) => change({ sort: deskSorts.find((sort) => sort === picked) })}
      className={styles.tool}
      position="bottom-end"
    >
      <IconArrowsSort size={16} aria-hidden />
      <span className="hs-visually-hidden">{listWords.sort}</span>
    </Picker>
  )
}
