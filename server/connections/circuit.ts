// A circuit breaker for each host that a connection talks to: after some failures in a row nothing is asked for a while,
// then one call may try.

export interface Circuit {
  readonly failures: number
  /** Nothing leaves before this, ms since 1970. */
  readonly openUntil: number
}

export const closed: Circuit = { failures: 0, openUntil: 0 }

const allowed = 5
const firstMs = 10_000
const mostMs = 300_000

export function afterCall(circuit: Circuit, isFailure: boolean, now: number): Circuit {
  if (!isFailure) return circuit.failures === 0 ? circuit : closed
  const failures = circuit.failures + 1
  if (failures < allowed) return { failures, openUntil: 0 }
  const waitMs = Math.min(mostMs, firstMs * 2 ** Math.min(10, failures - allowed))
  return { failures, openUntil: now + waitMs }
}
