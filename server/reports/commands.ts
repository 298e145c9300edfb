import type {
  BreakdownRow,
  Dimension,
  OutcomeReport,
  ReportFilter,
  ResponseReport,
  TurnRow,
  TurnsInput,
} from '../../contract/reports.ts'
import { customerSatisfaction } from '../../lib/statistics/csat.ts'
import { captured, sentimentShift, waitsBy } from '../outcomes/index.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import type { Platform } from '../platform/platform.ts'
import { workspaceSettings } from '../workspace/index.ts'
import { breakdownRows } from './breakdown-rows.ts'
import { controlDefinition } from './outcome-words.ts'
import { figuresOf } from './response-figures.ts'
import { exchanges, resolutionTimes, surveyScores } from './views-outcome.ts'
import { turnsPage } from './views-turns.ts'
import { titlesOf } from './views.ts'

export type World = Pick<Platform, 'database' | 'clock'>

/** Figures of response of the turns that the filter lets through. */
export async function responseReport(
  { database, clock }: World,
  scope: Scope,
  filter: ReportFilter,
): Promise<ResponseReport> {
  const asked = { workspaceId: scope.workspaceId, filter, now: new Date(clock.now()) }
  return inScope(database, scope, async (db) => {
    const waits = await waitsBy(db, asked, 'all')
    return { ...figuresOf(waits.get('')), ...(await captured(db, asked)) }
  })
}

/** The same figures for every key of a dimension. */
export async function responseBreakdown(
  { database, clock }: World,
  scope: Scope,
  input: ReportFilter & { readonly dimension: Dimension },
): Promise<{ rows: BreakdownRow[] }> {
  const { dimension, ...filter } = input
  const { workspaceId } = scope
  const asked = { workspaceId, filter, now: new Date(clock.now()) }
  return inScope(database, scope, async (db) => {
    const waits = await waitsBy(db, asked, dimension)
    const figures = new Map([...waits].map(([key, of]) => [key, figuresOf(of)]))
    const titles = await titlesOf(db, workspaceId, dimension)
    return { rows: breakdownRows(figures, dimension, titles, figuresOf(undefined)) }
  })
}

export async function turnsOfReport(
  { database, clock }: World,
  scope: Scope,
  asked: TurnsInput,
): Promise<{ items: TurnRow[]; nextCursor: string | null }> {
  const { workspaceId } = scope
  return inScope(database, scope, async (db) => {
    const { timeZone } = await workspaceSettings(db, workspaceId)
    return turnsPage(db, { workspaceId, timeZone, now: new Date(clock.now()), asked })
  })
}

/** Feeling before and after with its control, the survey, and times to resolution. */
export async function outcomeReport(
  { database, clock }: World,
  scope: Scope,
  filter: ReportFilter,
): Promise<OutcomeReport> {
  const { workspaceId } = scope
  return inScope(database, scope, async (db) => {
    const { timeZone } = await workspaceSettings(db, workspaceId)
    const query = { workspaceId, timeZone, now: new Date(clock.now()), filter }
    const shift = sentimentShift(await exchanges(db, query))
    return {
      answered: shiftGroup(shift.answered),
      control: shiftGroup(shift.control),
      difference: shift.difference,
      controlDefinition,
      csat: await csat(db, query),
      resolved: await resolutionTimes(db, query),
    }
  })
}

type Shift = ReturnType<typeof sentimentShift>['answered']

function shiftGroup(group: Shift): OutcomeReport['answered'] {
  return { ...group, table: group.table.map((row) => [...row]) }
}

async function csat(db: Db, query: Parameters<typeof surveyScores>[1]): Promise<OutcomeReport['csat']> {
  const { asked, scores } = await surveyScores(db, query)
  const said = customerSatisfaction(scores.flatMap(({ score, n }) => Array.from({ length: n }, () => score)))
  return { n: said?.n ?? 0, share: said?.share ?? null, interval: said?.interval ?? null, asked }
}
