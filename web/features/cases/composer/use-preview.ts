import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Preview, Way } from '../../../../contract/replies.ts'
import { api } from '../../../api.ts'

/** The server is asked this long after the last letter. */
const pause = 350

/** The answer as the network will show it; undefined until that is known for a text like this one. */
export function usePreview(
  caseId: string,
  text: string,
  { way, isOn }: { readonly way: Way | null; readonly isOn: boolean },
): { readonly preview: Preview | undefined; readonly isExact: boolean } {
  const settled = useSettled(text.trim())
  const query = useQuery({
    ...api.replies.preview.queryOptions({ input: { id: caseId, text: settled, way } }),
    enabled: isOn && settled !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
  })
  const isEmpty = text.trim() === ''
  return {
    preview: isEmpty ? undefined : query.data,
    isExact: query.isSuccess && !query.isPlaceholderData && settled === text.trim(),
  }
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pause)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
