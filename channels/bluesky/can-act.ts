import type { Act, CanAct, Target } from '../acting.ts'
import type { ChannelError } from '../channel.ts'
import { names, readUri } from './at-uri.ts'

type Allowed =
  | Extract<CanAct, { can: true }>
  | (Extract<CanAct, { can: false }> & {
      readonly error: Extract<ChannelError, `target.${string}` | 'scope.missing'>
    })

/** What can be said without asking the network; who may answer a post it says when it is answered. */
export function canAct(target: Target, act: Act = 'reply'): Allowed {
  switch (act) {
    case 'post':
    case 'delete':
      return { can: true }
    case 'edit':
      return no('scope.missing', 'Bluesky knows no edits; delete it and say it again')
    case 'notice':
      return no('scope.missing', 'everything on Bluesky is public; a notice goes elsewhere')
    case 'reply':
      if (target.visibility === 'direct') return no('scope.missing', 'chats on Bluesky are not connected')
      if (target.isOptedOut === true) return no('target.forbidden', 'this person blocks us on Bluesky')
      return onPost(target, 'only posts can be answered on Bluesky')
    case 'like':
    case 'share':
      return onPost(target, 'only posts can be liked and shared on Bluesky')
  }
}

function onPost({ parentExternalId, isParentGone }: Target, reason: string): Allowed {
  if (isParentGone === true) return no('target.gone', 'the post was deleted')
  const name = readUri(parentExternalId ?? '')
  return name?.collection === names.post ? { can: true } : no('target.gone', reason)
}

function no(error: 'target.gone' | 'target.forbidden' | 'scope.missing', reason: string): Allowed {
  return { can: false, reason, until: null, error }
}
