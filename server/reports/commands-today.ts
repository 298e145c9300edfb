import type { TodayView } from '../../contract/reports.ts'
import { localTime } from '../../lib/calendar/local-time.ts'
import { dayCounts, noKey, waitsBy } from '../outcomes/index.ts'
import { inScope, type Db, type Scope } from '../platform/db/scope.ts'
import { workspaceSettings } from '../workspace/index.ts'
import { changedLabels } from './changed-labels.ts'
import type { World } from './commands.ts'
import { dayBefore, feelingByDay, sumByKey, volumeByDay } from './day-series.ts'
import { figuresOf } from './response-figures.ts'
import { burning, functionLoads, gapWithin, waitingCases } from './views-today.ts'

const weekMs = 7 * 86_400_000

interface Now {
  readonly db: Db
  readonly workspaceId: string
  readonly now: Date
  /** The day of now in the workspace's time zone. */
  readonly day: string
}

/** Who waits for us and how long, the gap, and what changed. */
export async function today({ database, clock }: World, scope: Scope): Promise<TodayView> {
  const { workspaceId } = scope
  const now = new Date(clock.now())
  return inScope(database, scope, async (db) => {
    const { timeZone } = await workspaceSettings(db, workspaceId)
    const moment = { db, workspaceId, now, day: localTime(timeZone, now.getTime()).date }
    return {
      burning: await burning(db, workspaceId, now),
      waiting: await waitingCases(db, workspaceId, now),
      gap: await gap(moment),
      ...(await lastWeeks(moment)),
      functions: await functions(moment),
      changes: await changes(moment),
    }
  })
}

async function gap({ db, workspaceId, now }: Now): Promise<TodayView['gap']> {
  const weekAgo = new Date(now.getTime() - weekMs)
  const lastWeek = await gapWithin(db, workspaceId, { from: weekAgo, to: now })
  const before = await gapWithin(db, workspaceId, {
    from: new Date(weekAgo.getTime() - weekMs),
    to: weekAgo,
  })
  return { ...lastWeek, share: shareWithin(lastWeek), previousShare: shareWithin(before) }
}

function shareWithin(gap: { readonly due: number; readonly withinTarget: number }): number | null {
  return gap.due === 0 ? null : gap.withinTarget / gap.due
}

async function lastWeeks({ db, workspaceId, now, day }: Now): Promise<Pick<TodayView, 'feeling' | 'volume'>> {
  const from = dayBefore(day, 27)
  const counts = await dayCounts(db, { workspaceId, now, filter: { from, to: day } }, 'all')
  return { feeling: feelingByDay(counts, from, day), volume: volumeByDay(counts, from, day) }
}

async function functions({ db, workspaceId, now, day }: Now): Promise<TodayView['functions']> {
  const filter = { from: dayBefore(day, 6), to: day }
  const waits = await waitsBy(db, { workspaceId, now, filter }, 'function')
  const loads = await functionLoads(db, workspaceId, now)
  return loads.map((load) => {
    const { share, p50Seconds } = figuresOf(waits.get(load.key))
    return { ...load, answeredShare: share, medianSeconds: p50Seconds }
  })
}

async function changes({ db, workspaceId, now, day }: Now): Promise<TodayView['changes']> {
  const asked = { workspaceId, now, filter: { from: dayBefore(day, 34), to: day } }
  const since = dayBefore(day, 6)
  const labels = await dayCounts(db, asked, 'intent')
  const all = await dayCounts(db, asked, 'all')
  const isNow = (count: { readonly day: string }): boolean => count.day >= since
  const named = labels.filter((count) => count.key !== noKey)
  return changedLabels({
    now: sumByKey(named.filter(isNow)),
    before: sumByKey(named.filter((count) => !isNow(count))),
    turnsNow: sumByKey(all.filter(isNow)).get('') ?? 0,
    turnsBefore: sumByKey(all.filter((count) => !isNow(count))).get('') ?? 0,
  })
}
