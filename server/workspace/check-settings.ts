import type { BusinessHours, CompanyFunction } from '../../contract/workspace.ts'

// What a schema cannot say about the settings of a workspace. Each check answers with the reason of the refusal and a
// sentence for people, or with nothing.

export interface SettingsProblem {
  readonly reason: string
  readonly hint: string
}

export function checkName(name: string): SettingsProblem | undefined {
  if (name.trim() !== '' && name.length <= 120) return undefined
  return { reason: 'unfit-name', hint: 'A workspace needs a name of 1 to 120 characters.' }
}

/** Names of the tz database, as this runtime knows them. */
export function checkTimeZone(timeZone: string): SettingsProblem | undefined {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    if (/^[A-Za-z]/.test(timeZone)) return undefined
  } catch {
    // told below
  }
  return { reason: 'unknown-time-zone', hint: 'This is not a time zone such as Europe/Berlin.' }
}

export function checkHours(hours: BusinessHours): SettingsProblem | undefined {
  for (const spans of Object.values(hours.weekly)) {
    const sorted = spans.toSorted((a, b) => a[0] - b[0])
    let end = -1
    for (const span of sorted) {
      if (span[0] >= span[1]) return { reason: 'empty-hours', hint: 'Hours must end after they begin.' }
      if (span[0] < end) return { reason: 'overlapping-hours', hint: 'Hours of one day must not overlap.' }
      end = span[1]
    }
  }
  return undefined
}

export function checkFunctions(functions: readonly CompanyFunction[]): SettingsProblem | undefined {
  const keys = new Set(functions.map((item) => item.key))
  if (keys.size === functions.length) return undefined
  return { reason: 'function-twice', hint: 'Each function may stand there once.' }
}

/** Functions that somebody is given must exist. */
export function checkKnownFunctions(
  wanted: readonly string[],
  known: readonly string[],
): SettingsProblem | undefined {
  const unknown = wanted.find((key) => !known.includes(key))
  if (unknown === undefined) return undefined
  return { reason: 'unknown-function', hint: `There is no function ${unknown} in this workspace.` }
}
