import { ReportFilter, type ResponseReport } from '../contract/reports.ts'
import { responseReport } from './reports/index.ts'
import { printJson, scopeOfWorkspace, withHorseshoe } from './cli-session.ts'

export interface ReportOptions {
  readonly workspace: string
  readonly from?: string
  readonly to?: string
  readonly json?: boolean
}

export async function reportResponse(options: ReportOptions): Promise<void> {
  const filter = ReportFilter.safeParse({ from: options.from, to: options.to })
  if (!filter.success) throw new Error('Days are written like 2026-03-01.')
  await withHorseshoe({ works: false }, async (horseshoe) => {
    const scope = await scopeOfWorkspace(horseshoe, options.workspace)
    const report = await responseReport(horseshoe.platform, scope, filter.data)
    if (options.json === true) printJson(report)
    else process.stdout.write(tableOf(report))
  })
}

function tableOf(report: ResponseReport): string {
  const { share, interval } = report
  const percent = (value: number): string => `${(value * 100).toFixed(1)} %`
  const seconds = (value: number | null): string =>
    value === null ? 'not reached' : `${Math.round(value)} s`
  const rows: readonly (readonly [string, string])[] = [
    ['engagements', `${report.engagements} (${report.inbound} in, ${report.outbound} out)`],
    ['persons', String(report.persons)],
    ['presences', String(report.presences)],
    ['turns', String(report.turns)],
    [
      'answered',
      share === null || interval === null
        ? 'none yet'
        : `${report.answered}, ${percent(share)} (${percent(interval.low)} to ${percent(interval.high)})`,
    ],
    ['half answered within', seconds(report.p50Seconds)],
    ['nine of ten within', seconds(report.p90Seconds)],
    ['median, unanswered counted', seconds(report.kaplanMeierMedianSeconds)],
  ]
  return rows.map(([name, value]) => `${name.padEnd(28)}${value}\n`).join('')
}
