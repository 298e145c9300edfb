import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { CaseDetail } from '../../../../contract/cases.ts'
import type { FilledTemplate } from '../../../../contract/message-template.ts'
import type { AnswerWay, Way } from '../../../../contract/replies.ts'
import { api, client } from '../../../api.ts'
import { errorReason } from '../../../error-words.ts'
import { notifyDone, notifyError } from '../../../ui/notify.tsx'
import { askAgain } from '../actions/show-change.ts'
import type { Draft } from './draft.ts'
import { composerWords } from './words.ts'

export type AfterSending = 'pending' | 'resolved' | 'open'

export interface Sending {
  readonly draft: Draft
  readonly then: AfterSending
  readonly sendAnyway: boolean
  readonly way: Way | null
  readonly visibility: AnswerWay['visibilities'][number] | undefined
  /** In place of the draft's words and files. */
  readonly template?: FilledTemplate
}

/** Sends an answer; `leaves`: it is not only kept. `hasArrived` is true where the server held it back because something newer came in. */
export function useSend(detail: CaseDetail, leaves: boolean, onSent: (then: AfterSending) => void) {
  const queryClient = useQueryClient()
  const mutation = useMutation({
    mutationFn: ({ draft, then, sendAnyway, way, visibility, template }: Sending) =>
      client.replies.send({
        id: detail.id,
        text: template === undefined ? draft.text.trim() : '',
        media: template === undefined ? (draft.files ?? []).map(({ id, alt }) => ({ id, alt })) : [],
        template: template ?? null,
        key: draft.key,
        lastSeenEngagementId: draft.lastSeenEngagementId,
        sendAnyway,
        then,
        way,
        ...(visibility === undefined ? {} : { visibility }),
      }),
    onSuccess: (_sent, { then }) => {
      notifyDone(leaves ? composerWords.sent : composerWords.recorded)
      onSent(then)
    },
    onError: (error) => {
      if (errorReason(error) !== 'arrived-meanwhile') notifyError(error)
    },
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: api.cases.thread.key({ input: { id: detail.id } }) })
      void queryClient.invalidateQueries({ queryKey: api.replies.ways.key({ input: { id: detail.id } }) })
      askAgain(queryClient, [detail.id])
    },
  })
  return {
    send: mutation.mutate,
    isSending: mutation.isPending,
    hasArrived: errorReason(mutation.error) === 'arrived-meanwhile',
    forget: mutation.reset,
  }
}

/** Adds a note; those named in it are told. */
export function useAddNote(caseId: string, onAdded: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (note: { readonly text: string; readonly mentions: string[] }) =>
      client.cases.addNote({ id: caseId, text: note.text.trim(), mentions: note.mentions }),
    onSuccess: () => {
      notifyDone(composerWords.noteAdded)
      onAdded()
    },
    onError: notifyError,
    onSettled: () => askAgain(queryClient, [caseId]),
  })
}
