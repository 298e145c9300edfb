import { verifyAccount, type Step } from '../channels/conformance/verify-account.ts'
import { plugs } from '../channels/registry.ts'
import { connectionPartsOf } from './channels.ts'
import { channelOf, cursorsOf, type Connected } from './connections/index.ts'
import { connectionsByAccount } from './platform/db/directory-connections.ts'
import { newId } from './platform/ids.ts'
import { printJson, withHorseshoe } from './cli-session.ts'
import type { Horseshoe } from './start.ts'

export interface ChannelOptions {
  readonly account: string
  readonly live?: boolean
  readonly to?: string
  readonly json?: boolean
}

const provenOn = {
  'real-network': 'the network itself',
  'real-server': 'a real server',
  twin: 'a twin',
  'our-own': 'our own pages',
} as const

/** Every channel, how it listens, and what it was proven on. */
export function listChannels({ json }: { readonly json?: boolean }): void {
  const rows = plugs.map(({ manifest }) => ({
    id: manifest.id,
    title: manifest.title,
    listens: manifest.listens,
    provenOn: manifest.provenOn,
  }))
  if (json === true) return printJson(rows)
  for (const { id, title, listens, provenOn: proof } of rows) {
    const how = listens.length === 0 ? 'out only' : listens.join(', ')
    process.stdout.write(`${id.padEnd(14)}${title.padEnd(38)}${how.padEnd(22)}proven on ${provenOn[proof]}\n`)
  }
}

/** Checks one connected account, or proves it: what it hears, and with `live` a round trip that others can see. */
export async function verifyChannel(
  name: string,
  options: ChannelOptions,
  how: { readonly isCheckOnly: boolean },
): Promise<void> {
  await withHorseshoe({ works: false }, async (horseshoe) => {
    const connected = await findAccount(horseshoe, name, options.account)
    const steps = how.isCheckOnly ? await checkOnly(connected) : await verify(horseshoe, connected, options)
    if (options.json === true) printJson({ channel: name, account: connected.account?.handle, steps })
    else process.stdout.write(reportOf(name, connected, steps))
    if (steps.some(({ result }) => result === 'failed')) process.exitCode = 1
  })
}

async function findAccount({ platform }: Horseshoe, name: string, account: string): Promise<Connected> {
  if (!plugs.some(({ manifest }) => manifest.id === name))
    throw new Error(
      `There is no channel ${name}. These exist: ${plugs.map((plug) => plug.manifest.id).join(', ')}.`,
    )
  const found = await connectionsByAccount(platform.database, name, account)
  const [first] = found
  if (first === undefined)
    throw new Error(
      `No account ${account} is connected by ${name}. Connect it on the page of presences first.`,
    )
  if (found.length > 1) throw new Error(`Several workspaces have connected ${account}; use the account's id.`)
  const parts = connectionPartsOf(platform)
  const connected = await channelOf(parts, first.workspaceId, { connectionId: first.connectionId })
  if (connected === null) throw new Error('The connection cannot be opened with its settings.')
  return connected
}

async function checkOnly({ channel }: Connected): Promise<readonly Step[]> {
  const [checked] = await verifyAccount(
    { ...channel, backfill: undefined, poll: undefined },
    { isLive: false, to: null, cursors: {}, key: newId() },
  )
  return checked === undefined ? [] : [checked]
}

async function verify(
  { platform }: Horseshoe,
  { channel, workspaceId, connectionId }: Connected,
  { live = false, to }: ChannelOptions,
): Promise<readonly Step[]> {
  const cursors = await cursorsOf(platform, workspaceId, connectionId)
  return verifyAccount(channel, { isLive: live, to: to ?? null, cursors, key: newId() })
}

function reportOf(name: string, { account, channel }: Connected, steps: readonly Step[]): string {
  const head = `${channel.manifest.title} (${name}), ${account?.handle ?? 'account not known yet'}\n`
  return (
    head +
    steps.map(({ step, result, detail }) => `  ${step.padEnd(12)}${result.padEnd(9)}${detail}\n`).join('')
  )
}
