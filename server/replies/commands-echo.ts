import type { Echoes, QueuedArrival } from '../engagements/index.ts'
import { findByExternal, nameOwn } from '../engagements/index.ts'
import type { Db } from '../platform/db/scope.ts'
import { judgeEcho, type Heard, type OnTheWay } from './plan-echo.ts'
import { settleByProof, wordsOnTheWay } from './store-echo.ts'

/**
 * Tells our own words coming back from what is new. Nothing is asked of a batch in which nothing is ours and nothing of
 * ours is on its way.
 */
export async function sortEchoes(
  db: Db,
  workspaceId: string,
  arrivals: readonly QueuedArrival[],
  now: Date,
): Promise<Echoes> {
  const ours = new Set<string>()
  const held = new Set<string>()
  const news = arrivals.filter(({ input }) => input.type !== 'Update' && input.type !== 'Delete')
  const onTheWay = news.length === 0 ? [] : await wordsOnTheWay(db, workspaceId)
  const sources = new Set(onTheWay.map(({ source }) => source))
  const asked = news.filter(({ input }) => input.direction === 'out' || sources.has(input.source))
  const known = await findByExternal(
    db,
    workspaceId,
    asked.flatMap(({ input }) => namesIn(input)),
  )
  for (const arrival of asked) {
    const heard = heardOf(arrival, known)
    const verdict = judgeEcho(heard, onTheWay, now.getTime())
    if (verdict.is === 'proof') await settle(db, workspaceId, { own: verdict.of, arrival, now })
    if (verdict.is === 'ours' || verdict.is === 'proof') ours.add(arrival.id)
    if (verdict.is === 'held') held.add(arrival.id)
  }
  return { ours, held }
}

function namesIn(input: QueuedArrival['input']) {
  const { source, externalId, parentExternalId, direction } = input
  const own = direction === 'out' ? [{ source, externalId }] : []
  return parentExternalId === undefined ? own : [...own, { source, externalId: parentExternalId }]
}

function heardOf({ id, input, receivedAt }: QueuedArrival, known: ReadonlyMap<string, unknown>): Heard {
  const { source, externalId, parentExternalId, direction, text } = input
  return {
    id,
    source,
    direction,
    text,
    parentExternalId: parentExternalId ?? null,
    receivedAt: receivedAt.getTime(),
    isKnown: known.has(`${source} ${externalId}`),
    isParentKnown: parentExternalId !== undefined && known.has(`${source} ${parentExternalId}`),
  }
}

async function settle(
  db: Db,
  workspaceId: string,
  found: { readonly own: OnTheWay; readonly arrival: QueuedArrival; readonly now: Date },
): Promise<void> {
  const { own, arrival, now } = found
  const networkId = arrival.input.externalId
  if (!(await settleByProof(db, workspaceId, { outboxId: own.outboxId, networkId, at: now }))) return
  await nameOwn(db, workspaceId, { engagementId: own.engagementId, networkId, otherIds: [] })
}
