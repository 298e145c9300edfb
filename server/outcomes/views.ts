import type { ReportFilter } from '../../contract/reports.ts'
import type { Db } from '../platform/db/scope.ts'
import { planFacts, type GroupBy, type RolledDimension } from './fact-plan.ts'
import { foldEngagements, foldTurns, type Captured } from './fold-facts.ts'
import type { Waits } from './response-report.ts'
import {
  rawDayCounts,
  rawEngagementFacts,
  rawTurnFacts,
  rolledDayCounts,
  rolledEngagementFacts,
  rolledTurnFacts,
  rollUpState,
  type DayCounts,
  type FactQuery,
  type RolledQuery,
  type RollUpState,
} from './store-facts.ts'

export interface FiguresAsked {
  readonly workspaceId: string
  readonly filter: ReportFilter
  readonly now: Date
}

/**
 * Waits of the turns that a filter lets through, by key of `by`: days that were rolled up from their roll-ups, the
 * others, and what crosses two dimensions, from the turns themselves. Both say exactly the same.
 */
export async function waitsBy(db: Db, asked: FiguresAsked, by: GroupBy): Promise<ReadonlyMap<string, Waits>> {
  const facts = await gather(db, { ...asked, by }, { rolled: rolledTurnFacts, raw: rawTurnFacts })
  return foldTurns(facts, asked.now.getTime())
}

/** What was captured, of the engagements that a filter lets through. */
export async function captured(db: Db, asked: FiguresAsked): Promise<Captured> {
  const readers = { rolled: rolledEngagementFacts, raw: rawEngagementFacts }
  return foldEngagements(await gather(db, { ...asked, by: 'all' }, readers))
}

/** Turns and feelings by key of `by` and day, in no order; days without any are left out. */
export function dayCounts(db: Db, asked: FiguresAsked, by: RolledDimension): Promise<readonly DayCounts[]> {
  return gather(db, { ...asked, by }, { rolled: rolledDayCounts, raw: rawDayCounts })
}

interface Readers<Fact> {
  readonly rolled: (db: Db, query: RolledQuery) => Promise<readonly Fact[]>
  readonly raw: (db: Db, query: FactQuery) => Promise<readonly Fact[]>
}

async function gather<Fact>(
  db: Db,
  asked: FiguresAsked & { readonly by: GroupBy },
  readers: Readers<Fact>,
): Promise<readonly Fact[]> {
  const { workspaceId, filter, by } = asked
  const state = await rollUpState(db, workspaceId)
  const plan = planFacts(filter, by)
  const query = { workspaceId, timeZone: state.timeZone, filter, by }
  if (plan === null || !state.isRolled) return readers.raw(db, query)
  const days = staleWithin(state, filter)
  const rolled = await readers.rolled(db, { workspaceId, filter, by, plan, without: days })
  return days.length === 0 ? rolled : [...rolled, ...(await readers.raw(db, { ...query, days }))]
}

function staleWithin({ staleDays }: RollUpState, { from, to }: ReportFilter): readonly string[] {
  return staleDays.filter((day) => (from === undefined || day >= from) && (to === undefined || day <= to))
}
