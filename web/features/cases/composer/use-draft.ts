import { useCallback, useEffect, useRef, useState } from 'react'
import { client } from '../../../api.ts'
import type { ChangeKept } from '../../replies/use-files.ts'
import { useLatest } from '../use-latest.ts'
import {
  type Draft,
  type DraftMode,
  draftName,
  readDraft,
  removeDraft,
  trimDrafts,
  writeDraft,
} from './draft.ts'

/** The server is told this long after the last letter; this browser at once. */
const pause = 1200

export interface DraftSubject {
  readonly workspace: string
  readonly caseId: string
  readonly mode: DraftMode
  /** What the server keeps of my answer; used where this browser has nothing. */
  readonly serverText: string
  readonly newestId: string | null
  /** Whether the role may keep drafts on the server. */
  readonly canKeep: boolean
}

export interface DraftState {
  readonly draft: Draft
  readonly isStored: boolean
  readonly onText: (text: string) => void
  /** Of the draft as it stands then: an upload ends when it ends. */
  readonly onFiles: ChangeKept
  /** The writer has seen everything up to here. */
  readonly onSeen: (engagementId: string | null) => void
  /** It left, or it is not wanted any more: a new one begins. */
  readonly onGone: () => void
}

function freshDraft(text: string, newestId: string | null): Draft {
  return { text, key: crypto.randomUUID(), lastSeenEngagementId: newestId, savedAt: 0 }
}

/** A draft of one case and mode: kept in this browser with every letter, on the server a moment later. */
export function useDraft(subject: DraftSubject): DraftState {
  const { workspace, caseId, mode, newestId } = subject
  const name = draftName(workspace, caseId, mode)
  const [draft, setDraft] = useState<Draft>(
    () => readDraft(localStorage, name) ?? freshDraft(mode === 'reply' ? subject.serverText : '', newestId),
  )
  const [isStored, setIsStored] = useState(true)
  const tell = useTellServer(subject)

  const latest = useRef(draft)
  const keep = useCallback(
    (next: Draft) => {
      latest.current = next
      setDraft(next)
      setIsStored(writeDraft(localStorage, name, next))
      tell(next.text)
    },
    [name, tell],
  )
  const onText = useCallback(
    (text: string) => {
      // While nothing is written, everything that is shown counts as seen.
      const isBeginning = draft.text.trim() === ''
      const lastSeenEngagementId = isBeginning ? newestId : draft.lastSeenEngagementId
      keep({ ...draft, text, lastSeenEngagementId, savedAt: Date.now() })
    },
    [draft, keep, newestId],
  )
  const onFiles = useCallback<ChangeKept>(
    (change) => {
      const now = latest.current
      keep({ ...now, files: change(now.files ?? []), savedAt: Date.now() })
    },
    [keep],
  )
  const onSeen = useCallback(
    (id: string | null) => keep({ ...draft, lastSeenEngagementId: id }),
    [draft, keep],
  )
  const onGone = useCallback(() => {
    removeDraft(localStorage, name)
    latest.current = freshDraft('', newestId)
    setDraft(latest.current)
    tell('')
  }, [name, newestId, tell])
  useEffect(() => trimDrafts(localStorage), [])
  return { draft, isStored, onText, onFiles, onSeen, onGone }
}

/** Tells the server after a pause, and what is still untold when the case is left. A failure costs nothing here. */
function useTellServer({ caseId, mode, canKeep }: DraftSubject): (text: string) => void {
  const waiting = useRef<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const isTold = mode === 'reply' && canKeep
  const send = useCallback(() => {
    clearTimeout(timer.current)
    const text = waiting.current
    waiting.current = null
    if (text !== null && isTold) void client.replies.saveDraft({ id: caseId, text }).catch(() => undefined)
  }, [caseId, isTold])
  const latest = useLatest(send)
  useEffect(() => {
    const leave = latest.current
    return () => leave()
  }, [latest, caseId])
  return useCallback(
    (text: string) => {
      waiting.current = text
      clearTimeout(timer.current)
      timer.current = setTimeout(send, text === '' ? 0 : pause)
    },
    [send],
  )
}
