import type { Batch, Passing } from '../engagements/index.ts'
import { calendarFor, refresh } from './refresh-case.ts'
import type { CaseWords, Refreshed } from './store-refresh.ts'
import type { CaseState, NewCaseEvent } from './store.ts'

type Opened = Pick<CaseState, 'id' | 'status' | 'target' | 'openedAt'>

const asking = new Set(['answer', 'escalate'])

/** How cases that open in a batch stand after it. All that was said in them passes now, so nothing is read back. */
export function readOpened(
  opened: readonly Opened[],
  { passing, settings, now }: Pick<Batch, 'passing' | 'settings' | 'now'>,
  events: readonly NewCaseEvent[],
): ReadonlyMap<string, Refreshed> {
  const words = Map.groupBy(passing.toSorted(inOrder), (item) => item.caseId)
  const statuses = Map.groupBy(events, (event) => event.caseId)
  const calendar = calendarFor(opened, settings, now)
  return new Map(
    opened.map((state) => {
      const set = (statuses.get(state.id) ?? []).flatMap(statusSet)
      const said = (words.get(state.id) ?? []).map((item) => toWords(state.id, item))
      return [state.id, refresh({ state, words: said, statuses: set, calendar, now })]
    }),
  )
}

function inOrder(a: Passing, b: Passing): number {
  return a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1)
}

function statusSet({ caseId, at, status }: NewCaseEvent) {
  return status === undefined ? [] : [{ caseId, at, to: status }]
}

function toWords(caseId: string, item: Passing): CaseWords {
  return {
    caseId,
    id: item.id,
    isOurs: item.input.direction === 'out',
    isAutomatic: item.input.automatic,
    isDeleted: false,
    at: item.at,
    receivedAt: item.receivedAt,
    isHistorical: item.isHistorical,
    text: item.input.text,
    sentiment: item.reading?.sentiment ?? null,
    labels: item.reading?.labels ?? [],
    asks: item.decision === null || asking.has(item.decision.act),
  }
}
