import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** How often processes are killed: 3 with each change, more by hand (`FAULT_ROUNDS=10`). */
export const faultRounds = Number(process.env['FAULT_ROUNDS'] ?? 3)

/** It may be gone already. */
export function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Until nothing waits for the loop any more. */
export async function waitUntilDecided(owner: pg.Client, limitMs = 60_000): Promise<void> {
  const deadline = Date.now() + limitMs
  for (;;) {
    const found = await owner.query<{ n: number }>(`select (select count(*) from arrival_queue)
      + (select count(*) from imports where state in ('waiting', 'running', 'finishing')) as n`)
    const waiting = Number(found.rows[0]?.n)
    if (waiting === 0) return
    if (Date.now() > deadline) throw new Error(`${waiting} arrivals or imports still wait`)
    await sleep(100)
  }
}
