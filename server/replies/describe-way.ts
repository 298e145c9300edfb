// One way to answer, as the desk shows it: what the channel's own rules say about the facts.
import { previewText } from '../../channels/text-length.ts'
import type { Manifest } from '../../channels/manifest.ts'
import type { AnswerWay, OwnAct, Preview } from '../../contract/replies.ts'
import { mediaRulesOf } from './media-rules.ts'
import type { Speaking } from './open-channel.ts'
import { targetOf } from './plan-answer.ts'
import type { AnswerContext, Way } from './views.ts'
import { answerLevels } from './wider-visibility.ts'

const notConnected = 'This presence is not connected: an answer is kept here and not sent.'

interface Asked {
  readonly way: Way | null
  readonly now: number
  readonly manifests: readonly Manifest[]
}

export function describeWay(
  context: AnswerContext,
  speaking: Speaking | null,
  { way, now, manifests }: Asked,
): AnswerWay {
  const { parent, heard } = context
  const words = parent?.visibility ?? 'direct'
  const rules = speaking?.channel.manifest ?? manifestOf(manifests, context.channel)
  return {
    way,
    channel: context.channel,
    presence: context.presence,
    to: parent?.addresses.at(-1) ?? context.addresses.at(-1) ?? null,
    lastHeardAt: instantOf(heard.lastHeardAt),
    isConnected: speaking !== null,
    waits: speaking?.waits ?? null,
    visibilities: [...answerLevels(rules?.visibilities ?? [], words)],
    text: rules === null ? null : { unit: rules.text.unit, max: rules.text.max },
    media: speaking === null ? null : mediaRulesOf(speaking.channel),
    ...standing(context, speaking, now),
  }
}

function standing(context: AnswerContext, speaking: Speaking | null, now: number) {
  if (speaking === null) return { can: false, until: null, reason: notConnected, only: null }
  const { channel } = speaking
  const visibility = context.parent?.visibility ?? 'direct'
  const target = targetOf(context, channel, { earlierExternalIds: [], visibility })
  const allowed = channel.canAct(target, now, 'reply')
  if (allowed.can) {
    return { can: true, until: instantOf(allowed.until ?? null), reason: allowed.note ?? '', only: null }
  }
  return {
    can: false,
    until: instantOf(allowed.until),
    reason: allowed.reason,
    only: allowed.only ?? null,
  }
}

function instantOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

/** What is known of a kind of place that nothing connects. */
function manifestOf(manifests: readonly Manifest[], channel: string): Manifest | null {
  return manifests.find((manifest) => manifest.channel === channel) ?? null
}

/** What else a network lets our account do, as its manifest says. */
export function actsOf({ manifest }: Speaking['channel']): OwnAct[] {
  const { react, edit, delete: take } = manifest.capabilities
  const acts: OwnAct[] = []
  if (react.level !== 'none') acts.push(...(manifest.signs ?? (['like', 'share'] as const)))
  if (edit.level !== 'none') acts.push('edit')
  if (take.level !== 'none') acts.push('delete')
  return acts
}

/** A text as the channel will show it; counted by the place's rules where nothing connects it. */
export function describePreview(
  speaking: Speaking | null,
  place: { readonly channel: string; readonly manifests: readonly Manifest[] },
  text: string,
): Preview {
  const manifest = speaking?.channel.manifest ?? manifestOf(place.manifests, place.channel)
  if (manifest === null) {
    const { length } = previewText(text, { unit: 'grapheme', max: null })
    return { length, max: null, unit: null, warnings: [], parts: [text], cost: null }
  }
  const said = speaking?.channel.preview(text) ?? previewText(text, manifest.text)
  return {
    length: said.length,
    max: said.max,
    unit: manifest.text.unit,
    warnings: [...said.warnings],
    parts: [...(said.parts ?? [text])],
    cost: said.cost ?? null,
  }
}
