import type { AnswerWay, OwnAct, Preview } from '../../contract/replies.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { actsOf, describePreview, describeWay } from './describe-way.ts'
import { openChannel, type ChannelParts } from './open-channel.ts'
import { otherWays, presencesOfThread } from './views-ways.ts'
import { answerContext, type AnswerContext, type Way } from './views.ts'

export interface WaysParts extends ChannelParts {
  readonly platform: Pick<Platform, 'database' | 'clock'>
}

/** Whether, how and until when we may answer in a case, and by which other ways that the person chose. */
export async function listWays(
  parts: WaysParts,
  scope: Scope,
  { id }: { readonly id: string },
): Promise<{ ways: AnswerWay[]; acts: { presenceId: string; acts: OwnAct[] }[] }> {
  const found = await inScope(parts.platform.database, scope, async (db) => {
    const context = await answerContext(db, scope.workspaceId, id)
    if (context === null) throw refused('NOT_FOUND')
    const { personId, identityId, presenceId } = context
    const without = {
      ...(identityId === null ? {} : { identityId }),
      ...(presenceId === null ? {} : { presenceId }),
    }
    const others: { way: Way; context: AnswerContext }[] = []
    for (const way of await otherWays(db, scope.workspaceId, { personId, without })) {
      const there = await answerContext(db, scope.workspaceId, id, way)
      if (there !== null) others.push({ way, context: there })
    }
    return { context, others, presences: await presencesOfThread(db, scope.workspaceId, id) }
  })
  const ways = [await describe(parts, scope, found.context, null)]
  for (const { way, context } of found.others) ways.push(await describe(parts, scope, context, way))
  const acts: { presenceId: string; acts: OwnAct[] }[] = []
  for (const account of found.presences) {
    const speaking = await openChannel(parts, scope.workspaceId, account)
    if (speaking !== null) acts.push({ presenceId: account.presenceId, acts: actsOf(speaking.channel) })
  }
  return { ways: ways.filter(({ way, isConnected }) => way === null || isConnected), acts }
}

async function describe(
  parts: WaysParts,
  scope: Scope,
  context: AnswerContext,
  way: Way | null,
): Promise<AnswerWay> {
  const speaking = await openChannel(parts, scope.workspaceId, context)
  return describeWay(context, speaking, {
    way,
    now: parts.platform.clock.now(),
    manifests: parts.manifests ?? [],
  })
}

export async function previewAnswer(
  parts: WaysParts,
  scope: Scope,
  input: { readonly id: string; readonly text: string; readonly way: Way | null },
): Promise<Preview> {
  const context = await inScope(parts.platform.database, scope, (db) =>
    answerContext(db, scope.workspaceId, input.id, input.way),
  )
  if (context === null) throw refused('NOT_FOUND')
  const speaking = await openChannel(parts, scope.workspaceId, context)
  return describePreview(speaking, { channel: context.channel, manifests: parts.manifests ?? [] }, input.text)
}
