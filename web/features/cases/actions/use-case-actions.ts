import { useMemo } from 'react'
import type { CaseDetail, CasePriority, CaseRow, CaseStatus } from '../../../../contract/cases.ts'
import { client } from '../../../api.ts'
import { sayExact } from '../../../ui/say-time.ts'
import { priorityTitles } from '../words.ts'
import { actionWords } from './words.ts'
import { type PlannedChange, useCaseChange } from './use-case-change.ts'

export type SettableStatus = Exclude<CaseStatus, 'new'>
export interface Named {
  readonly id: string
  readonly name: string
}
export interface HandOver {
  readonly function: string
  readonly title: string
  readonly member: Named | null
  readonly reason: string
}

export interface CaseActions {
  assign(row: CaseRow, to: Named | null): Promise<boolean>
  handOver(row: CaseRow, to: HandOver): Promise<boolean>
  setStatus(row: CaseRow, status: SettableStatus): Promise<boolean>
  setPriority(row: CaseRow, priority: CasePriority): Promise<boolean>
  snooze(row: CaseRow, until: Date | null): Promise<boolean>
  setTags(detail: CaseDetail, tags: string[]): Promise<boolean>
}

const { said } = actionWords

/** What can be done to one case. Each answers whether it was done. */
export function useCaseActions(): CaseActions {
  const carryOut = useCaseChange()
  return useMemo(
    () => ({
      assign: (row, to) => carryOut(planAssign(row, to)),
      handOver: (row, to) => carryOut(planHandOver(row, to)),
      setStatus: (row, status) => carryOut(planStatus(row, status)),
      setPriority: (row, priority) => carryOut(planPriority(row, priority)),
      snooze: (row, until) => carryOut(planSnooze(row, until)),
      setTags: (detail, tags) => carryOut(planTags(detail, tags)),
    }),
    [carryOut],
  )
}

function planAssign(row: CaseRow, to: Named | null): PlannedChange {
  return {
    row,
    change: { assignee: to },
    send: () => client.cases.assign({ id: row.id, memberId: to?.id ?? null }),
    said: to === null ? said.unassigned(row.number) : said.assigned(row.number, to.name),
  }
}

function planHandOver(row: CaseRow, to: HandOver): PlannedChange {
  const memberId = to.member?.id ?? null
  return {
    row,
    change: { function: to.function, assignee: to.member },
    send: () => client.cases.handOver({ id: row.id, function: to.function, memberId, reason: to.reason }),
    said: said.handedOver(row.number, to.member?.name ?? to.title),
  }
}

function planStatus(row: CaseRow, status: SettableStatus): PlannedChange {
  return {
    row,
    change: { status },
    send: () => client.cases.setStatus({ id: row.id, status }),
    said: said.status(row.number, status),
  }
}

function planPriority(row: CaseRow, priority: CasePriority): PlannedChange {
  return {
    row,
    change: { priority },
    send: () => client.cases.setPriority({ id: row.id, priority }),
    said: said.priority(row.number, priorityTitles[priority]),
  }
}

function planSnooze(row: CaseRow, time: Date | null): PlannedChange {
  const until = time?.toISOString() ?? null
  return {
    row,
    change: { snoozedUntil: until },
    send: () => client.cases.snooze({ id: row.id, until }),
    said: time === null ? said.woken(row.number) : said.snoozed(row.number, sayExact(time.getTime())),
  }
}

/** Setting tags replaces the whole set, so an older picture of it must not win. */
function planTags(detail: CaseDetail, tags: string[]): PlannedChange {
  const { id, version, number } = detail
  return {
    row: detail,
    change: { tags },
    send: () => client.cases.tag({ id, tags, version }),
    said: said.tagged(number),
  }
}
