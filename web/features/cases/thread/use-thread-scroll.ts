import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Pixels from the end that still count as being there. */
const nearEnd = 60

export interface ScrollSubject {
  /** Changes with each case: the thread opens anew. */
  readonly caseId: string
  readonly isLoaded: boolean
  /** Element to open at: the message that a link names, or the first unread one. */
  readonly openAt: string | null
  readonly oldestId: string | undefined
  readonly newestId: string | undefined
  readonly total: number
}

/**
 * Opens a thread at its newest or first unread message, stays there while messages arrive, and holds still when
 * the reader has scrolled up or older messages are put above.
 */
export function useThreadScroll(box: RefObject<HTMLElement | null>, subject: ScrollSubject) {
  const { caseId, isLoaded, openAt, oldestId, newestId, total } = subject
  const opened = useRef<string | null>(null)
  const before = useRef({ oldestId, newestId, total, height: 0 })
  const isAtEnd = useRef(true)
  const [missed, setMissed] = useState(0)

  useLayoutEffect(() => {
    const element = box.current
    if (element === null || !isLoaded) return
    const was = before.current
    before.current = { oldestId, newestId, total, height: element.scrollHeight }
    if (opened.current !== caseId) {
      opened.current = caseId
      setMissed(0)
      openThread(element, openAt)
      isAtEnd.current = openAt === null
      return
    }
    if (was.oldestId !== oldestId) element.scrollBy({ top: element.scrollHeight - was.height })
    else if (was.newestId !== newestId && isAtEnd.current) element.scrollTo({ top: element.scrollHeight })
    else if (was.newestId !== newestId) setMissed((count) => count + Math.max(1, total - was.total))
  }, [box, caseId, isLoaded, openAt, oldestId, newestId, total])
  useStayAtEnd(box, isAtEnd)

  function handleScroll(): void {
    const element = box.current
    if (element === null) return
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd
    if (isAtEnd.current) setMissed(0)
  }
  function toEnd(): void {
    box.current?.scrollTo({ top: box.current.scrollHeight })
  }
  return { missed, handleScroll, toEnd }
}

function openThread(element: HTMLElement, openAt: string | null): void {
  const target = openAt === null ? null : element.querySelector(`[data-item="${CSS.escape(openAt)}"]`)
  if (target === null) return element.scrollTo({ top: element.scrollHeight })
  const top = target.getBoundingClientRect().top - element.getBoundingClientRect().top
  element.scrollTo({ top: element.scrollTop + top - 80 })
}

/** The composer grows, pictures load, the window turns: who was at the end stays there. */
function useStayAtEnd(box: RefObject<HTMLElement | null>, isAtEnd: RefObject<boolean>): void {
  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new ResizeObserver(() => {
      if (isAtEnd.current) element.scrollTo({ top: element.scrollHeight })
    })
    observer.observe(element)
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild)
    return () => observer.disconnect()
  }, [box, isAtEnd])
}
