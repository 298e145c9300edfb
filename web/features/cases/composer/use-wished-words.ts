import { useEffect } from 'react'
import { useLatest } from '../use-latest.ts'
import { type ChosenWay, keyOf } from './use-ways.ts'
import { useWayWish, wishWay } from './way-wish.ts'

export interface WishedInto {
  readonly text: string
  readonly onText: (text: string) => void
  readonly chosen: ChosenWay
}

/** Words that did not arrive go into an empty composer, to be sent another way. */
export function useWishedWords(caseId: string, into: WishedInto): void {
  const wish = useWayWish(caseId)
  const latest = useLatest(into)
  useEffect(() => {
    if (wish === null) return
    const { text, onText, chosen } = latest.current
    const way = chosen.others.find((other) => keyOf(other) === wish.wayKey)
    if (way !== undefined) chosen.onWay(way)
    if (text.trim() === '') onText(wish.text)
    wishWay(null)
    document.getElementById('composer-text')?.focus()
  }, [wish, latest])
}
