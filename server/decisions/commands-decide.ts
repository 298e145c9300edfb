import { Lifecycle } from '../../contract/decision.ts'
import { isBusinessTime } from '../../lib/calendar/business-time.ts'
import { knownCalendar } from '../../lib/calendar/known-calendar.ts'
import { localTime } from '../../lib/calendar/local-time.ts'
import type { Batch, Passing } from '../engagements/index.ts'
import { together } from '../platform/db/together.ts'
import { newId } from '../platform/ids.ts'
import type { DecisionFacts } from './decision-facts.ts'
import { decide } from './evaluate-tree.ts'
import {
  personFacts,
  presenceFacts,
  threadMembers,
  treeInForce,
  type PersonFacts,
  type PresenceFacts,
  type ThreadMember,
} from './store.ts'
import { ThreadSoFar } from './thread-so-far.ts'

interface Known {
  readonly batch: Batch
  readonly persons: ReadonlyMap<string, PersonFacts>
  readonly presences: ReadonlyMap<string, PresenceFacts>
  readonly threads: ThreadSoFar
  readonly isOpen: (at: number) => boolean
  /** Inbound engagements of a person in this batch that come at or after the one looked at. */
  readonly behind: Map<string, number>
}

const dayMs = 86_400_000

/** Stage: takes every inbound engagement down the workspace's tree and keeps the way it took. */
export async function decideBatch(batch: Batch): Promise<void> {
  const inbound = batch.passing.filter(
    (item) => item.input.direction === 'in' && item.input.type !== 'Follow',
  )
  if (inbound.length === 0) return
  const [inForce, known] = await together([treeInForce(batch.db, batch.workspaceId), gather(batch, inbound)])
  if (inForce === null) return
  for (const item of batch.passing) {
    known.threads.add(toMember(item))
    if (item.input.direction === 'out' || item.reading === null || item.input.type === 'Follow') continue
    const {
      leafTitle,
      act,
      function: functionKey,
      priority,
      target,
      path,
    } = decide(inForce.tree, factsOf(item, known))
    const id = newId()
    item.decision = {
      id,
      treeVersion: inForce.version,
      leafTitle,
      act,
      function: functionKey,
      priority,
      target,
      path,
    }
    known.behind.set(item.personId ?? '', (known.behind.get(item.personId ?? '') ?? 1) - 1)
  }
}

async function gather(batch: Batch, inbound: readonly Passing[]): Promise<Known> {
  const { db, workspaceId, settings } = batch
  const personIds = [...new Set(inbound.flatMap((item) => item.personId ?? []))]
  const [members, persons, presences] = await together([
    threadMembers(db, workspaceId, [...batch.storedThreadIds]),
    personFacts(db, workspaceId, personIds),
    presenceFacts(db, workspaceId),
  ])
  const times = inbound.map((item) => item.at.getTime())
  const calendar = knownCalendar(
    { timeZone: settings.timeZone, weekly: settings.hours.weekly, holidays: settings.hours.holidays },
    times.reduce((a, b) => Math.min(a, b)) - dayMs,
    times.reduce((a, b) => Math.max(a, b)) + dayMs,
  )
  const behind = new Map<string, number>()
  for (const { personId } of inbound) behind.set(personId ?? '', (behind.get(personId ?? '') ?? 0) + 1)
  return {
    batch,
    persons,
    presences,
    threads: new ThreadSoFar(members),
    isOpen: (at) => isBusinessTime(calendar, at),
    behind,
  }
}

function toMember(item: Passing): ThreadMember {
  return {
    id: item.id,
    threadId: item.threadId,
    parentId: item.parentId,
    isOurs: item.input.direction === 'out',
    isAutomatic: item.input.automatic,
    personId: item.personId,
    at: item.at,
  }
}

function factsOf(item: Passing, known: Known): DecisionFacts {
  const { input, reading } = item
  const person = known.persons.get(item.personId ?? '')
  const presence = known.presences.get(item.presenceId ?? '')
  const thread = known.threads.around(toMember(item))
  const local = localTime(known.batch.settings.timeZone, item.at.getTime())
  const lifecycle = Lifecycle.safeParse(person?.lifecycle)
  return {
    engagement: {
      activity: input.type,
      kind: input.kind,
      direction: input.direction,
      visibility: input.visibility,
      channel: item.channel,
      isAutomatic: input.automatic,
      isAddressedToUs: item.presenceId !== null || thread.isAnswerToUs || input.visibility === 'direct',
      text: input.subject === undefined ? input.text : `${input.subject}\n${input.text}`,
    },
    reading: {
      language: reading?.language ?? 'und',
      sentiment: reading?.sentiment ?? 'neutral',
      probability: reading?.probability ?? 0,
      abstain: reading?.abstain ?? true,
      labels: reading?.labels ?? [],
    },
    person: {
      memberships: person?.memberships ?? [],
      lifecycle: lifecycle.success ? lifecycle.data : null,
      valueTier: null,
      isNew: item.isNewPerson,
      openCases: person?.openCases ?? 0,
      engagementsBefore: Math.max(0, (person?.inbound ?? 0) - (known.behind.get(item.personId ?? '') ?? 0)),
    },
    presence: { handle: presence?.handle ?? null, function: presence?.functionKey ?? null },
    thread: {
      isReply: input.parentExternalId !== undefined,
      depth: thread.depth,
      hasOurAnswer: thread.hasOurAnswer,
      authors: thread.authors,
    },
    time: { isBusinessTime: known.isOpen(item.at.getTime()), weekday: local.weekday, hour: local.hour },
  }
}
