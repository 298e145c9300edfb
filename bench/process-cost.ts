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

export interface Memory {
  /** What the machine would get back if all of them ended: pages that they share are counted once. */
  readonly together: number
  /** The sum of what each holds, shared pages as often as they are shared. */
  readonly summed: number
}

/** Resident megabytes (10^6 bytes) of these processes alone. */
export function residentMegabytes(pids: readonly number[]): Memory {
  const each = pids.map((pid) => {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const sum = (name: RegExp): number =>
      [...text.matchAll(name)].reduce((kilobytes, [, found]) => kilobytes + Number(found), 0)
    return { own: sum(/^Private_\w+:\s+(\d+)/gm), shared: sum(/^Shared_\w+:\s+(\d+)/gm) }
  })
  const own = each.reduce((kilobytes, one) => kilobytes + one.own, 0)
  const shared = each.map((one) => one.shared)
  return {
    together: megabytes(own + Math.max(...shared)),
    summed: megabytes(own + shared.reduce((kilobytes, one) => kilobytes + one, 0)),
  }
}

function megabytes(kilobytes: number): number {
  return Math.round((kilobytes * 1024) / 1e6)
}
