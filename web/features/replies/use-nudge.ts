import { useState } from 'react'
import { altFieldId } from './file-list.tsx'
import type { Files } from './use-files.ts'

/** Asks once for the description of a picture before it is sent; after that it may go without. */
export function useNudge({ undescribed }: Pick<Files, 'undescribed'>) {
  const [wasAsked, setWasAsked] = useState(false)
  return {
    isAsked: wasAsked && undescribed.length > 0,
    /** True where the sending waits for a description. */
    holds: (): boolean => {
      const [first] = undescribed
      if (first === undefined || wasAsked) return false
      setWasAsked(true)
      document.getElementById(altFieldId(first.id))?.focus()
      return true
    },
    forget: () => setWasAsked(false),
  }
}
