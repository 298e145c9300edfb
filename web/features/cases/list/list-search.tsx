import { IconSearch, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useDesk } from '../desk-context.ts'
import styles from './list-head.module.css'
import { listWords } from './words.ts'

/** Words are asked for this long after the last letter. */
const pause = 220

/** Search within the view; what is typed stands in the address. */
export function ListSearch() {
  const { search, change } = useDesk()
  const asked = search.q ?? ''
  const [typed, setTyped] = useState(asked)
  const [seen, setSeen] = useState(asked)
  // Back and links change the address without typing.
  if (asked !== seen) {
    setSeen(asked)
    setTyped(asked)
  }
  useEffect(() => {
    if (typed === asked) return
    const timer = setTimeout(() => {
      setSeen(typed)
      change({ q: typed || undefined }, { isReplacing: true })
    }, pause)
    return () => clearTimeout(timer)
  }, [typed, asked, change])

  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault()
      document.getElementById('case-list')?.focus()
    }
    if (event.key === 'Escape' && typed !== '') {
      event.stopPropagation()
      setTyped('')
    }
  }

  return (
    <div className={styles.search}>
      <IconSearch size={15} aria-hidden />
      <input
        id="case-search"
        type="text"
        role="searchbox"
        value={typed}
        placeholder={listWords.search}
        aria-label={listWords.search}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={handleKey}
      />
      {typed === '' ? (
        <kbd aria-hidden>/</kbd>
      ) : (
        <button type="button" aria-label={listWords.clearSearch} onClick={() => setTyped('')}>
          <IconX size={14} aria-hidden />
        </button>
      )}
    </div>
  )
}
