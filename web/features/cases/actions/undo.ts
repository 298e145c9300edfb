import type { QueryClient } from '@tanstack/react-query'
import { client } from '../../../api.ts'
import { notifyDone, notifyError, notifyLeft } from '../../../ui/notify.tsx'
import { bulkWords } from '../list/words.ts'
import { askAgain } from './show-change.ts'
import { actionWords } from './words.ts'

/** The last change that can be taken back, for the key; the notice of it may be gone already. */
let last: { readonly run: () => Promise<void> } | null = null

/** Says that something was done, with a way back: the button of the notice, or Ctrl/Cmd-Z. */
export function offerUndo(queryClient: QueryClient, change: string, said: string): void {
  const mine = { run: () => takeBack(queryClient, change) }
  last = mine
  notifyDone(said, () => {
    if (last === mine) last = null
    void mine.run()
  })
}

/** Takes the last change back; nothing where there is none. */
export function undoLast(): void {
  const change = last
  last = null
  if (change !== null) void change.run()
}

async function takeBack(queryClient: QueryClient, change: string): Promise<void> {
  try {
    const { results } = await client.cases.undo({ change })
    askAgain(
      queryClient,
      results.map(({ id }) => id),
    )
    const done = results.filter((result) => result.done).length
    const left = results.filter((result) => !result.done)
    if (done > 0) notifyDone(results.length === 1 ? actionWords.said.undone : bulkWords.undone(done))
    if (left.length > 0) {
      const why = left.slice(0, 6).map(({ number, reason }) => `#${number}: ${reason ?? ''}`)
      notifyLeft(bulkWords.notUndone(left.length), why.join(' '))
    }
  } catch (error) {
    notifyError(error)
  }
}
