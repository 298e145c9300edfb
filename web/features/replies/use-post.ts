import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useDebouncedValue } from '@mantine/hooks'
import { useRef, useState } from 'react'
import type { PostPlace } from '../../../contract/replies.ts'
import { api, client, queryClient } from '../../api.ts'
import { notifyDone, notifyError } from '../../ui/notify.tsx'
import { measureRoom } from '../cases/composer/channel-limits.ts'
import { keepPost, readPost, type KeptPost } from './kept-post.ts'
import { isSendable, useFiles, type ChangeKept } from './use-files.ts'
import { useNudge } from './use-nudge.ts'
import { postWords } from './words.ts'

export type Post = ReturnType<typeof usePost>

/** A post being written: kept in this browser with every letter, previewed as the network will show it. */
export function usePost(place: PostPlace) {
  const { presenceId } = place
  const [draft, setDraft] = useState<KeptPost>(() => readPost(presenceId))
  const latest = useRef(draft)
  const [level, setLevel] = useState<PostPlace['visibilities'][number] | undefined>(undefined)
  const visibility = place.visibilities.find((each) => each === level) ?? place.visibilities[0] ?? 'public'
  function keep(next: KeptPost): void {
    latest.current = next
    setDraft(next)
    keepPost(presenceId, next)
  }
  const onKept: ChangeKept = (change) => keep({ ...latest.current, files: change(latest.current.files) })
  const files = useFiles(place.media, draft.files, onKept)
  const nudge = useNudge(files)
  const { preview, room } = usePostPreview(place, draft.text)
  const sending = useMutation({
    mutationFn: () =>
      client.replies.post({
        id: presenceId,
        text: draft.text.trim(),
        media: draft.files.map(({ id, alt }) => ({ id, alt })),
        key: draft.key,
        visibility,
      }),
    onSuccess: () => {
      notifyDone(postWords.posted)
      nudge.forget()
      keep({ text: '', key: crypto.randomUUID(), files: [] })
    },
    onError: notifyError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: api.replies.posts.key() }),
  })
  const canSend = !sending.isPending && !room.isOver && isSendable(draft.text, files)
  return {
    place,
    text: draft.text,
    files,
    visibility,
    room,
    parts: preview?.parts ?? [draft.text],
    warnings: preview?.warnings ?? [],
    cost: preview?.cost ?? null,
    isUndescribedHeld: nudge.isAsked,
    isSending: sending.isPending,
    canSend,
    onText: (text: string) => keep({ ...latest.current, text }),
    onVisibility: (next: string) => setLevel(place.visibilities.find((each) => each === next)),
    onSend: () => {
      if (canSend && !nudge.holds()) sending.mutate()
    },
  }
}

/** The server is asked this long after the last letter. */
const pause = 350

function usePostPreview({ presenceId, text: rules }: PostPlace, text: string) {
  const [settled] = useDebouncedValue(text.trim(), pause)
  const query = useQuery({
    ...api.replies.previewPost.queryOptions({ input: { id: presenceId, text: settled } }),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })
  const isExact = query.isSuccess && !query.isPlaceholderData && settled === text.trim()
  const preview = text.trim() === '' ? undefined : query.data
  return { preview: isExact ? preview : undefined, room: measureRoom(text, rules, { preview, isExact }) }
}
