// Which status a case takes, and why; or why it cannot.
import type { CaseStatus } from '../../contract/cases.ts'

/** What happens to a case. `set` is a member's own choice. */
export type StatusTrigger =
  | { readonly what: 'inbound' }
  | { readonly what: 'answered'; readonly then: 'open' | 'pending' | 'resolved' }
  | { readonly what: 'assigned' }
  | { readonly what: 'undelivered' }
  | { readonly what: 'handed-over' }
  | { readonly what: 'set'; readonly to: CaseStatus }

export type StatusChange =
  | { readonly ok: true; readonly status: CaseStatus; readonly hasChanged: boolean; readonly reason: string }
  | { readonly ok: false; readonly reason: string }

export function nextStatus(current: CaseStatus, trigger: StatusTrigger): StatusChange {
  switch (trigger.what) {
    case 'inbound':
      return afterInbound(current)
    case 'answered':
      return change(current, trigger.then, 'we answered')
    case 'undelivered':
      return current === 'new' || current === 'open'
        ? change(current, current, '')
        : change(current, 'open', 'our answer did not arrive')
    case 'assigned':
      return current === 'resolved' ? refuseResolved : afterAssigned(current)
    case 'handed-over':
      return current === 'resolved' ? refuseResolved : change(current, current, 'handed over')
    case 'set':
      return afterSet(current, trigger.to)
  }
}

const refuseResolved: StatusChange = { ok: false, reason: 'the case is resolved; open it first' }

function change(current: CaseStatus, status: CaseStatus, reason: string): StatusChange {
  return { ok: true, status, hasChanged: status !== current, reason }
}

/** Who speaks again is owed something again, whatever we were waiting for. */
function afterInbound(current: CaseStatus): StatusChange {
  const status = current === 'new' ? 'new' : 'open'
  return change(current, status, current === 'resolved' ? 'the person spoke again' : 'the person spoke')
}

function afterAssigned(current: CaseStatus): StatusChange {
  return change(current, current === 'new' ? 'open' : current, 'somebody took it')
}

function afterSet(current: CaseStatus, to: CaseStatus): StatusChange {
  if (to === current) return change(current, to, `it is ${to} already`)
  if (to === 'new') return { ok: false, reason: 'a case is new only until somebody takes it up' }
  if (current === 'resolved' && to !== 'open') return refuseResolved
  return change(current, to, `a member set it to ${to}`)
}
