import { type KeyboardEvent, type RefObject, useCallback, useState } from 'react'
import { insertMention, matchMembers, type Mentionable, mentionAt, type MentionQuery } from './mentions.ts'

export interface Mentions {
  readonly isOpen: boolean
  readonly found: readonly Mentionable[]
  readonly index: number
  readonly onCaret: () => void
  readonly onClose: () => void
  readonly onPick: (member: Mentionable) => void
  /** True where the press was meant for the list. */
  readonly onKey: (event: KeyboardEvent) => boolean
}

/** The list of colleagues while an `@` is being typed. */
export function useMentions(
  field: RefObject<HTMLTextAreaElement | null>,
  members: readonly Mentionable[],
  onText: (text: string) => void,
): Mentions {
  const [query, setQuery] = useState<MentionQuery | null>(null)
  const [index, setIndex] = useState(0)
  const found = query === null ? [] : matchMembers(members, query.query)
  const isOpen = found.length > 0

  const onCaret = useCallback(() => {
    const element = field.current
    if (element === null) return
    const next = mentionAt(element.value, element.selectionStart)
    setQuery((before) => {
      if (before?.start !== next?.start || before?.query !== next?.query) setIndex(0)
      return next
    })
  }, [field])
  const onClose = useCallback(() => setQuery(null), [])

  function onPick(member: Mentionable): void {
    const element = field.current
    if (element === null || query === null) return
    const { text, caret } = insertMention(element.value, query, member.name)
    onText(text)
    setQuery(null)
    element.focus()
    requestAnimationFrame(() => element.setSelectionRange(caret, caret))
  }

  function onKey(event: KeyboardEvent): boolean {
    if (!isOpen || event.ctrlKey || event.metaKey) return false
    const member = found[index]
    if (event.key === 'ArrowDown') setIndex((index + 1) % found.length)
    else if (event.key === 'ArrowUp') setIndex((index + found.length - 1) % found.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && member !== undefined) onPick(member)
    else if (event.key === 'Escape') setQuery(null)
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  return { isOpen, found, index, onCaret, onClose, onPick, onKey }
}
