import { priorities } from './priority-rank.ts'

type Detail = Readonly<Record<string, unknown>>

/** What happened to a case, in a few words; who did it stands beside. */
export function describeEvent(type: string, detail: unknown, names: ReadonlyMap<string, string>): string {
  const facts: Detail = typeof detail === 'object' && detail !== null ? { ...detail } : {}
  switch (type) {
    case 'status':
      return `set to ${text(facts['to'])}${because(facts['reason'])}`
    case 'assigned':
      return facts['to'] === null
        ? 'put back without an assignee'
        : `assigned to ${nameOf(facts['to'], names)}${because(facts['reason'])}`
    case 'handed-over':
      return `handed over from ${text(facts['from'])} to ${text(facts['to'])}${because(facts['reason'])}`
    case 'priority':
      return `priority set to ${priorities[Number(facts['to']) - 1] ?? 'normal'}`
    case 'snoozed':
      return facts['until'] === null ? 'brought back' : 'put aside'
    case 'tags':
      return `tags set to ${Array.isArray(facts['to']) && facts['to'].length > 0 ? facts['to'].join(', ') : 'none'}`
    case 'undone':
      return `took back: ${text(facts['what'])}`
    default:
      return type
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function because(reason: unknown): string {
  return typeof reason === 'string' && reason !== '' ? `: ${reason}` : ''
}

function nameOf(id: unknown, names: ReadonlyMap<string, string>): string {
  return typeof id === 'string' ? (names.get(id) ?? 'somebody') : 'somebody'
}
