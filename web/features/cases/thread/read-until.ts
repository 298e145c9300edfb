/** Until when this member has read each case, in this browser; the newest 500 are kept. */
type Seen = Readonly<Record<string, string>>

const mostKept = 500

function nameOf(workspace: string): string {
  return `horseshoe.seen.${workspace}`
}

function read(workspace: string): Seen {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(nameOf(workspace)) ?? '{}')
    return typeof value === 'object' && value !== null ? (value as Seen) : {}
  } catch {
    return {}
  }
}

/** The instant, or null where the case was never opened here. */
export function readUntil(workspace: string, caseId: string): string | null {
  return read(workspace)[caseId] ?? null
}

/** Remembers that everything received until `at` was seen. */
export function rememberRead(workspace: string, caseId: string, at: string): void {
  const { [caseId]: _, ...rest } = read(workspace)
  const kept = Object.entries(rest).slice(-mostKept + 1)
  try {
    localStorage.setItem(nameOf(workspace), JSON.stringify({ ...Object.fromEntries(kept), [caseId]: at }))
  } catch {
    // Without storage the mark of new messages is left out, nothing else.
  }
}
