import { setTimeout as sleep } from 'node:timers/promises'
import type { RateBudget } from '../../channels/manifest.ts'
import { inScope, systemScope } from '../platform/db/scope.ts'
import type { ConnectionParts } from './connection.ts'
import { afterCall, closed, type Circuit } from './circuit.ts'
import { rateWait } from './rate-wait.ts'
import { spendBudget } from './store-runs.ts'

/** Longer waits are the caller's: it is told to come again. */
const patienceMs = 5_000
const mostHosts = 10_000

/** What holds calls back within this process, by connection and host. */
export interface Brakes {
  /** How long a call to this host must wait; 0 where it may go. */
  waitOf(host: string): number
  /** Notes how a call ended; `answer` null where there was none. */
  note(host: string, answer: Parameters<typeof rateWait>[0] | null): void
}

interface Brake {
  readonly circuit: Circuit
  readonly waitsUntil: number
}

const brakesOf = new WeakMap<object, Map<string, Brake>>()

export function openBrakes({ platform }: ConnectionParts, connectionId: string): Brakes {
  const all = brakesOf.get(platform.database) ?? new Map<string, Brake>()
  brakesOf.set(platform.database, all)
  const keyOf = (host: string): string => `${connectionId} ${host}`
  return {
    waitOf(host) {
      const brake = all.get(keyOf(host))
      if (brake === undefined) return 0
      return Math.max(0, Math.max(brake.circuit.openUntil, brake.waitsUntil) - platform.clock.now())
    },
    note(host, answer) {
      const now = platform.clock.now()
      const before = all.get(keyOf(host)) ?? { circuit: closed, waitsUntil: 0 }
      const isFailure = answer === null || answer.status >= 500
      const circuit = afterCall(before.circuit, isFailure, now)
      const waitMs = answer === null ? 0 : rateWait(answer, now)
      if (circuit === closed && waitMs === 0) return void all.delete(keyOf(host))
      if (all.size >= mostHosts) all.clear()
      all.set(keyOf(host), { circuit, waitsUntil: now + waitMs })
    },
  }
}

export interface Spending {
  readonly workspaceId: string
  readonly connectionId: string
  readonly budget: RateBudget | null
  /** The share of the budget that must stay for others; history leaves most of it to the living. */
  readonly reserve: number
}

/** Takes what a call costs; answers with 0, or with how long to wait where more is missing than patience allows. */
export async function spend(
  { platform }: ConnectionParts,
  spending: Spending,
  cost: number,
): Promise<number> {
  const { workspaceId, connectionId, budget, reserve } = spending
  if (budget === null || cost <= 0) return 0
  const asked = { connectionId, of: budget.calls, perMs: budget.perMs, cost, reserve: reserve * budget.calls }
  const end = platform.clock.now() + patienceMs
  for (;;) {
    const now = new Date(platform.clock.now())
    const waitMs = await inScope(platform.database, systemScope(workspaceId), (db) =>
      spendBudget(db, workspaceId, { ...asked, now }),
    )
    if (waitMs === 0 || now.getTime() + waitMs > end) return waitMs
    await sleep(waitMs)
  }
}
