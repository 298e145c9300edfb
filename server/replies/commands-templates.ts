import { ChannelFailure, type Channel } from '../../channels/channel.ts'
import { fillTemplate } from '../../contract/fill-template.ts'
import type { FilledTemplate, MessageTemplate } from '../../contract/message-template.ts'
import { inScope, type Scope } from '../platform/db/scope.ts'
import { refused } from '../platform/refused.ts'
import type { WaysParts } from './commands-ways.ts'
import { openChannel, type Speaking } from './open-channel.ts'
import { answerContext } from './views.ts'

export interface TemplatesInput {
  readonly id: string
  readonly identityId?: string | undefined
  readonly presenceId?: string | undefined
}

/** What the network of a case approved to be sent, there or by another way; nothing where it knows no templates. */
export async function listTemplates(
  parts: WaysParts,
  scope: Scope,
  { id, identityId, presenceId }: TemplatesInput,
): Promise<{ items: MessageTemplate[] }> {
  const way = identityId === undefined || presenceId === undefined ? null : { identityId, presenceId }
  const context = await inScope(parts.platform.database, scope, (db) =>
    answerContext(db, scope.workspaceId, id, way),
  )
  if (context === null) throw refused('NOT_FOUND')
  const speaking = await openChannel(parts, scope.workspaceId, context)
  return { items: speaking === null ? [] : [...(await templatesOf(speaking.channel))] }
}

async function templatesOf(channel: Channel): Promise<readonly MessageTemplate[]> {
  try {
    return (await channel.templates?.()) ?? []
  } catch (error) {
    if (!(error instanceof ChannelFailure)) throw error
    throw refused('CONFLICT', 'no-templates', `The network did not say what it approved. ${error.message}`)
  }
}

/** The template as it leaves and as the person sees it; refused where it is not approved, or not filled. */
export async function fillApproved(
  speaking: Speaking | null,
  given: FilledTemplate,
): Promise<{ readonly text: string; readonly template: FilledTemplate }> {
  const { name, language } = given
  const known = speaking === null ? [] : await templatesOf(speaking.channel)
  const template = known.find((each) => each.name === name && each.language === language)
  if (template === undefined) {
    throw refused(
      'INVALID',
      'not-approved',
      'The network has not approved this template, or has taken it back.',
    )
  }
  if (template.cannot !== null) throw refused('INVALID', 'cannot-fill', template.cannot)
  const { text, missing, values } = fillTemplate(template, given.values)
  if (missing.length > 0) throw refused('INVALID', 'blank', `Still to fill in: ${missing.join(', ')}.`)
  return { text, template: { name, language, values } }
}
