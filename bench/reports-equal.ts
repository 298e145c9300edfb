// The figures of the report from the roll-ups beside those from the turns and engagements themselves.
import { isDeepStrictEqual } from 'node:util'
import { ReportFilter } from '../contract/reports.ts'
import { foldEngagements, foldTurns } from '../server/outcomes/fold-facts.ts'
import { captured, summariseResponse, waitsBy } from '../server/outcomes/index.ts'
import { rawEngagementFacts, rawTurnFacts } from '../server/outcomes/store-facts.ts'
import { inScope, type Db, type Scope } from '../server/platform/db/scope.ts'
import type { Platform } from '../server/platform/platform.ts'
import { workspaceSettings } from '../server/workspace/index.ts'
import { rounded, type Figure } from './figures.ts'

interface Asked {
  readonly workspaceId: string
  readonly filter: ReportFilter
  readonly now: Date
}

export async function compareReports(
  platform: Platform,
  scope: Scope,
  filters: readonly Readonly<Record<string, string>>[],
): Promise<readonly Figure[]> {
  const { workspaceId } = scope
  let different = 0
  let rawMs = 0
  for (const given of filters) {
    const asked = { workspaceId, filter: ReportFilter.parse(given), now: new Date() }
    const [rolled, raw, ms] = await inScope(platform.database, scope, async (db) => {
      const quick = await rolledFigures(db, asked)
      const start = performance.now()
      const slow = await rawFigures(db, asked)
      return [quick, slow, performance.now() - start] as const
    })
    rawMs = Math.max(rawMs, ms)
    if (!isDeepStrictEqual(rolled, raw)) different += 1
  }
  return [
    {
      name: `response reports whose roll-ups differ from the turns, of ${filters.length}`,
      value: different,
      unit: 'different',
      want: '0',
      reference: { name: 'ms from the turns, slowest', value: rounded(rawMs, 0) },
    },
  ]
}

async function rolledFigures(db: Db, asked: Asked) {
  const waits = (await waitsBy(db, asked, 'all')).get('')
  return { ...summariseResponse(waits ?? { answered: [], waiting: [] }), ...(await captured(db, asked)) }
}

async function rawFigures(db: Db, { workspaceId, filter, now }: Asked) {
  const { timeZone } = await workspaceSettings(db, workspaceId)
  const query = { workspaceId, timeZone, filter, by: 'all' as const }
  const waits = foldTurns(await rawTurnFacts(db, query), now.getTime()).get('')
  const words = foldEngagements(await rawEngagementFacts(db, query))
  return { ...summariseResponse(waits ?? { answered: [], waiting: [] }), ...words }
}
