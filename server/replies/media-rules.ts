import type { Channel } from '../../channels/channel.ts'
import type { MediaRules } from '../../contract/media.ts'

/** The rules of a channel for files; null where it carries words only. */
export function mediaRulesOf({ manifest }: Pick<Channel, 'manifest'>): MediaRules | null {
  return manifest.capabilities.media.level === 'none' ? null : (manifest.media ?? null)
}
