// CPU time and memory of processes, from /proc: Linux only.
import { readdirSync, readFileSync } from 'node:fs'

/** USER_HZ; Linux shows times in this unit on every machine that Node runs on. */
const ticksPerSecond = 100

interface Stat {
  readonly parent: number
  readonly ownTicks: number
  /** Of children that ended. */
  readonly childTicks: number
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name may hold spaces; fields are counted from behind it, the state being the third.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const at = (field: number): number => Number(fields[field - 3])
    return { parent: at(4), ownTicks: at(14) + at(15), childTicks: at(16) + at(17) }
  } catch {
    return undefined
  }
}

/** A process and everything below it that runs now. */
function familyOf(pid: number): readonly number[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
  const parents = new Map(all.map((each) => [each, statOf(each)?.parent]))
  const family = [pid]
  for (const member of family) family.push(...all.filter((each) => parents.get(each) === member))
  return [...new Set(family)]
}

/** Seconds of all these families, ended children included. */
export function cpuSeconds(roots: readonly number[]): number {
  const members = new Set(roots.flatMap((root) => familyOf(root)))
  let ticks = 0
  for (const member of members) {
    const stat = statOf(member)
    if (stat !== undefined) ticks += stat.ownTicks + stat.childTicks
  }
  return ticks / ticksPerSecond
}

/** Resident megabytes (10^6 bytes) of these processes alone. */
export function residentMegabytes(pids: readonly number[]): number {
  let kilobytes = 0
  for (const pid of pids) {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    kilobytes += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
  }
  return Math.round((kilobytes * 1024) / 1e6)
}
