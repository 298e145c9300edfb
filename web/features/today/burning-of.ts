import type { Connection } from '../../../contract/connections.ts'
import type { TodayView } from '../../../contract/reports.ts'
import { burningWords as words, labelWords } from './words.ts'

export type FlameKind = 'late' | 'soon' | 'unassigned' | 'unsent' | 'connections' | 'change'

export interface Flame {
  readonly kind: FlameKind
  readonly tone: 'late' | 'warn'
  readonly figure: string
  readonly what: string
  /** Below the workspace. */
  readonly path: '/desk' | '/presences' | '/measure/response'
  readonly search: Readonly<Record<string, string>>
}

/** A rise of a label counts as an alarm from here on. */
const alarmRatio = 1.5
const alarmLeast = 10
const alarming = new Set(['complaint', 'urgent'])

/** What wants somebody now, the worst first; nothing where all is well. */
export function burningOf(
  { burning, changes }: Pick<TodayView, 'burning' | 'changes'>,
  connections: readonly Pick<Connection, 'id' | 'state' | 'presence'>[],
): readonly Flame[] {
  return [
    ...desk('late', 'late', burning.late, { late: 'yes' }),
    ...broken(connections),
    ...desk('unsent', 'late', burning.unsent, { unsent: 'yes' }),
    ...desk('soon', 'warn', burning.soon, { soon: 'yes' }),
    ...desk('unassigned', 'warn', burning.unassigned, { view: 'unassigned', waiting: 'yes' }),
    ...rising(changes),
  ]
}

function desk(
  kind: 'late' | 'soon' | 'unassigned' | 'unsent',
  tone: Flame['tone'],
  count: number,
  search: Readonly<Record<string, string>>,
): readonly Flame[] {
  if (count === 0) return []
  return [{ kind, tone, figure: count.toLocaleString(), what: words[kind](count), path: '/desk', search }]
}

function broken(connections: readonly Pick<Connection, 'id' | 'state' | 'presence'>[]): readonly Flame[] {
  const cut = connections.filter(({ state }) => state === 'needs-reauth' || state === 'broken')
  const silent = connections.filter(({ state }) => state === 'silent')
  const [first] = [...cut, ...silent]
  if (first === undefined) return []
  const what = cut.length > 0 ? words.cut(cut.length, silent.length) : words.silent(silent.length)
  const search = { open: first.presence?.id ?? first.id }
  const figure = (cut.length + silent.length).toLocaleString()
  const tone = cut.length > 0 ? 'late' : 'warn'
  return [{ kind: 'connections', tone, figure, what, path: '/presences', search }]
}

function rising(changes: TodayView['changes']): readonly Flame[] {
  const most = changes
    .filter(({ label, ratio, now }) => alarming.has(label) && ratio >= alarmRatio && now >= alarmLeast)
    .toSorted((a, b) => b.ratio - a.ratio)[0]
  if (most === undefined) return []
  const figure = Number.isFinite(most.ratio) ? `+${Math.round((most.ratio - 1) * 100)}%` : words.isNew
  const search = { intent: most.label, records: 'yes' }
  const what = words.rising(labelWords[most.label] ?? most.label)
  return [{ kind: 'change', tone: 'warn', figure, what, path: '/measure/response', search }]
}
