import type { CaseDetail } from '../../../../contract/cases.ts'
import { type PageKey, useKeys } from '../../../ui/keys.ts'
import type { DraftMode } from '../composer/draft.ts'
import { type DeskPicker, useDesk, usePickers } from '../desk-context.ts'
import { keyWords } from '../list/words.ts'

interface CaseKeyHandlers {
  readonly onResolve: (detail: CaseDetail) => void
  readonly onMode: (mode: DraftMode) => void
}

/** The keys of the open case. */
export function useCaseKeys(detail: CaseDetail, { onResolve, onMode }: CaseKeyHandlers): void {
  const { can, change, search, isPicking, members, memberId, actions } = useDesk()
  const pickers = usePickers('case')
  const me = members.find((member) => member.id === memberId)

  function write(mode: DraftMode): void {
    onMode(mode)
    requestAnimationFrame(() => document.getElementById('composer-text')?.focus())
  }
  const open = (keys: string, title: string, picker: DeskPicker): PageKey => ({
    keys,
    title,
    run: () => pickers(picker).onOpen(true),
  })

  const working: PageKey[] = [
    open('a', keyWords.assign, 'assign'),
    { keys: 'i', title: keyWords.assignMe, run: () => me && void actions.assign(detail, me) },
    open('h', keyWords.handOver, 'hand-over'),
    open('s', keyWords.snooze, 'snooze'),
    { keys: 'e', title: keyWords.resolve, run: () => onResolve(detail) },
    open('t', keyWords.tags, 'tags'),
    open('p', keyWords.priority, 'priority'),
  ]
  const writing: PageKey[] = [
    { keys: 'r', title: keyWords.reply, run: () => write('reply') },
    { keys: 'n', title: keyWords.note, run: () => write('note') },
  ]
  const reading: PageKey[] = [
    {
      keys: 'w',
      title: keyWords.why,
      run: () => change({ panel: search.panel === 'path' ? undefined : 'path' }, { isReplacing: true }),
    },
  ]
  const logging: PageKey[] = [{ keys: 'l', title: keyWords.log, run: () => change({ panel: 'log' }) }]
  useKeys(keyWords.case, [
    ...(can('cases.note') ? writing : []),
    // While cases are picked these keys are for them.
    ...(can('cases.work') && !isPicking ? working : []),
    ...(can('engagements.log') ? logging : []),
    ...reading,
  ])
}
