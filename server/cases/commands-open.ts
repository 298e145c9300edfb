import type { CaseStatus } from '../../contract/cases.ts'
import { addDecisions, type NewDecision } from '../decisions/index.ts'
import type { Batch, Passing } from '../engagements/index.ts'
import { together } from '../platform/db/together.ts'
import { newId } from '../platform/ids.ts'
import { askFor } from '../platform/jobs/jobs.ts'
import { takeCaseNumbers } from '../workspace/index.ts'
import { continueCase } from './case-continues.ts'
import { nextStatus, type StatusTrigger } from './case-status.ts'
import { assignJob } from './jobs-names.ts'
import { mergeMetCases } from './commands-merge.ts'
import { priorityRank } from './priority-rank.ts'
import { readOpened } from './read-opened.ts'
import {
  addCaseEvents,
  addCases,
  addHops,
  casesInThreads,
  setStates,
  type CaseState,
  type OpenedCaseRow,
  type NewCaseEvent,
} from './store.ts'

/** A case as it changes while a batch passes. */
interface Open {
  readonly id: string
  readonly personId: string
  readonly threadId: string
  readonly openedAt: number
  status: CaseStatus
  resolvedAt: number | null
  priority: number
  lastAt: number
  isNew: boolean
  isChanged: boolean
}

interface Work {
  readonly batch: Batch
  readonly cases: Map<string, Open[]>
  readonly byId: Map<string, Open>
  readonly caseOf: Map<string, string>
  readonly fresh: Omit<OpenedCaseRow, 'number' | 'status' | 'priority' | 'resolvedAt'>[]
  readonly events: NewCaseEvent[]
}

const reopenDays = 14
/** History whose last word was ours is over after this long. */
const quietMs = 14 * 86_400_000
const owing = new Set(['answer', 'thank', 'escalate'])
const asking = new Set(['answer', 'escalate'])
/** They answer nobody. */
const signs = new Set(['Like', 'Announce', 'Follow'])
const noTarget = {
  firstAnswerMinutes: null,
  nextAnswerMinutes: null,
  resolutionMinutes: null,
  hours: 'calendar',
} as const

/**
 * Stage: opens, continues and closes cases as the engagements of a batch pass. Answers with what stores them and the
 * decisions.
 */
export async function openCases(batch: Batch): Promise<() => Promise<void>> {
  await mergeMetCases(batch)
  const known = await casesInThreads(batch.db, batch.workspaceId, [...batch.storedThreadIds])
  const work: Work = { batch, cases: new Map(), byId: new Map(), caseOf: new Map(), fresh: [], events: [] }
  for (const state of known) keep(work, fromState(state))
  for (const item of batch.passing) {
    const found = item.input.direction === 'in' ? takeInbound(work, item) : takeOurs(work, item)
    if (found === null) continue
    item.caseId = found.id
    work.caseOf.set(item.id, found.id)
    batch.changed.caseIds.add(found.id)
  }
  return async () => void (await together([keepCases(work), keepDecisions(batch)]))
}

function keep(work: Work, open: Open): void {
  const line = work.cases.get(open.threadId) ?? []
  work.cases.set(open.threadId, line)
  line.push(open)
  work.byId.set(open.id, open)
}

function fromState(state: CaseState): Open {
  return {
    id: state.id,
    personId: state.personId,
    threadId: state.threadId,
    openedAt: state.openedAt.getTime(),
    status: state.status,
    resolvedAt: state.resolvedAt?.getTime() ?? null,
    priority: state.priority,
    lastAt: 0,
    isNew: false,
    isChanged: false,
  }
}

function takeInbound(work: Work, item: Passing): Open | null {
  if (item.personId === null || item.decision === null) return null
  const words = { personId: item.personId, threadId: item.threadId, at: item.at.getTime() }
  const continuation = continueCase(words, work.cases.get(item.threadId) ?? [], reopenDays)
  const open = continuation.how === 'open' ? null : (work.byId.get(continuation.caseId) ?? null)
  if (open === null) return owing.has(item.decision.act) ? openCase(work, item, item.personId) : null
  const changesNothing =
    continuation.how === 'file' || item.input.automatic || isClosing(open, item.decision.act)
  if (!changesNothing) trigger(work, open, item, { what: 'inbound' })
  if (item.decision.act === 'escalate') raise(open, priorityRank(item.decision.priority))
  return open
}

/** Thanks and small words after our answer end an exchange; they do not ask for another. */
function isClosing(open: Open, act: string): boolean {
  return !asking.has(act) && (open.status === 'pending' || open.status === 'resolved')
}

/** History owes nothing any more: no clock runs for what was said this long ago. */
function isLongAgo(work: Work, item: Passing): boolean {
  return item.isHistorical && work.batch.now.getTime() - item.at.getTime() > quietMs
}

function raise(open: Open, rank: number): void {
  if (rank >= open.priority) return
  open.priority = rank
  open.isChanged = true
}

function openCase(work: Work, item: Passing, personId: string): Open {
  const { decision } = item
  const rank = priorityRank(decision?.priority ?? 'normal')
  const open: Open = {
    id: newId(),
    personId,
    threadId: item.threadId,
    openedAt: item.at.getTime(),
    status: 'new',
    resolvedAt: null,
    priority: rank,
    lastAt: item.at.getTime(),
    isNew: true,
    isChanged: false,
  }
  keep(work, open)
  work.fresh.push({
    id: open.id,
    personId,
    threadId: item.threadId,
    presenceId: item.presenceId,
    channel: item.channel,
    functionKey: decision?.function ?? work.batch.settings.functions[0] ?? 'service',
    assigneeId: null,
    target: isLongAgo(work, item) ? noTarget : (decision?.target ?? noTarget),
    act: decision?.act ?? 'answer',
    openedAt: item.at,
    wantsAssignee: !item.isHistorical && !isLongAgo(work, item),
  })
  return open
}

/** Our words belong to the case of what they answer, else to the newest case of the thread. */
function takeOurs(work: Work, item: Passing): Open | null {
  const above = item.parentId === null ? undefined : work.caseOf.get(item.parentId)
  const inThread = work.cases.get(item.threadId) ?? []
  const open = (above === undefined ? undefined : work.byId.get(above)) ?? inThread.at(-1)
  if (open === undefined) return null
  if (!item.input.automatic && item.memberId === null && !signs.has(item.input.type)) {
    trigger(work, open, item, { what: 'answered', then: isLongAgo(work, item) ? 'resolved' : 'pending' })
  }
  return open
}

/** Only the newest words of a case move its status; what comes late is filed. */
function trigger(work: Work, open: Open, item: Passing, what: StatusTrigger): void {
  const at = item.at.getTime()
  if (at < open.lastAt) return
  open.lastAt = at
  const change = nextStatus(open.status, what)
  if (!change.ok || !change.hasChanged) return
  open.status = change.status
  open.resolvedAt = change.status === 'resolved' ? at : null
  open.isChanged = true
  const detail = { to: change.status, reason: change.reason }
  const { status } = change
  const by = { byMember: null, byName: null }
  work.events.push({ caseId: open.id, at: item.at, type: 'status', status, detail, ...by })
}

async function keepCases(work: Work): Promise<void> {
  const { db, workspaceId } = work.batch
  await saveFresh(work)
  const changed = [...work.byId.values()].filter((open) => open.isChanged && !open.isNew)
  const states = changed.map(({ id, status, resolvedAt, priority }) => ({
    id,
    status,
    resolvedAt: resolvedAt === null ? null : new Date(resolvedAt),
    priority,
  }))
  await setStates(db, workspaceId, states)
  await addCaseEvents(db, workspaceId, work.events)
}

async function keepDecisions({ db, workspaceId, passing, now }: Batch): Promise<void> {
  const decisions = passing.flatMap((item): NewDecision[] =>
    item.decision === null
      ? []
      : [{ engagementId: item.id, caseId: item.caseId, decision: item.decision, at: now }],
  )
  await addDecisions(db, workspaceId, decisions)
}

/** Cases are stored as they stand when the batch is through, in one go. */
async function saveFresh({ batch, fresh, byId, events }: Work): Promise<void> {
  if (fresh.length === 0) return
  const { db, workspaceId } = batch
  const first = await takeCaseNumbers(db, workspaceId, fresh.length)
  const opened = fresh.map((item, index) => ({ ...item, ...endOf(byId.get(item.id)), number: first + index }))
  const standing = readOpened(opened, batch, events)
  const rows = opened.flatMap((item) => {
    const refreshed = standing.get(item.id)
    return refreshed === undefined ? [] : [{ ...item, refreshed }]
  })
  await addCases(db, workspaceId, rows)
  await addHops(db, workspaceId, fresh.map(firstHop))
  const changed = new Set([
    ...batch.edited.map((edit) => edit.stored.caseId),
    ...batch.deleted.map((stored) => stored.caseId),
  ])
  const { assigning } = batch.settings
  if (fresh.some((item) => item.wantsAssignee && assigning.includes(item.functionKey)))
    await askFor(db, assignJob, { workspaceId }, { key: `assign:${workspaceId}` })
  for (const { id, functionKey, target } of fresh)
    batch.openedCases.set(id, { functionKey, target, isSettled: !changed.has(id) })
}

function endOf(open: Open | undefined): Pick<OpenedCaseRow, 'status' | 'priority' | 'resolvedAt'> {
  if (open === undefined) throw new Error('a case was opened and lost')
  const { status, priority, resolvedAt } = open
  return { status, priority, resolvedAt: resolvedAt === null ? null : new Date(resolvedAt) }
}

function firstHop(item: Work['fresh'][number]) {
  return {
    caseId: item.id,
    at: item.openedAt,
    fromFunction: null,
    toFunction: item.functionKey,
    fromMember: null,
    toMember: item.assigneeId,
    byName: null,
    reason: 'decision tree',
    waitedSeconds: 0,
  }
}
