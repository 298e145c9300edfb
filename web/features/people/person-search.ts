import type { TimelineItem } from '../../../contract/people.ts'

export type TimelineKind = TimelineItem['type']
export type PersonPanel = 'merge' | 'log'

export const timelineKinds = [
  'engagement',
  'case',
  'note',
  'survey',
  'event',
] as const satisfies readonly TimelineKind[]
const panels = ['merge', 'log'] as const satisfies readonly PersonPanel[]

/** What stands in the address of a person. */
export interface PersonSearch {
  readonly channel?: string
  readonly kind?: TimelineKind
  readonly panel?: PersonPanel
}

/** Reads the address; what cannot be read is left out. */
export function readPersonSearch(raw: Readonly<Record<string, unknown>>): PersonSearch {
  const channel = raw['channel']
  const kind = timelineKinds.find((candidate) => candidate === raw['kind'])
  const panel = panels.find((candidate) => candidate === raw['panel'])
  return {
    ...(typeof channel === 'string' && channel !== '' && channel.length <= 64 ? { channel } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(panel === undefined ? {} : { panel }),
  }
}
