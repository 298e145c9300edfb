import type { ConnectableChannel } from '../../contract/connections.ts'
import type { Manifest, Support } from '../../channels/manifest.ts'

/** What members read about a channel before they connect it. */
export function describeChannel(manifest: Manifest): ConnectableChannel {
  const { id, title, channel, connect, listens, text, provenOn } = manifest
  return {
    id,
    title,
    channel,
    steps: [...connect.steps],
    permissions: connect.permissions.map(({ what, why }) => ({ what, why })),
    fields: connect.fields.map((field) => ({ ...field, choices: [...(field.choices ?? [])] })),
    capabilities: Object.fromEntries(
      Object.entries(manifest.capabilities).map(([name, support]) => [name, describeSupport(support)]),
    ),
    listens: [...listens],
    text: { unit: text.unit, max: text.max },
    provenOn,
  }
}

function describeSupport(support: Support): { level: Support['level']; reason: string } {
  return { level: support.level, reason: support.level === 'full' ? '' : support.reason }
}
