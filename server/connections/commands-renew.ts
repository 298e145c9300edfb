import type { Acted } from '../../channels/acting.ts'
import { ChannelFailure, type Channel, type Checked, type Streamed } from '../../channels/channel.ts'
import { troubleOf } from './commands-trouble.ts'
import type { Trouble } from './connection.ts'

export interface Renewal {
  readonly channel: Channel
  /** The channel with new credentials; null where there are none to be had. */
  readonly renew: () => Promise<Channel | null>
  /** The network refused an act in a way that concerns all of them. */
  readonly onRefused: (trouble: Trouble, detail: string) => Promise<void>
}

interface Held {
  channel: Channel
  readonly renew: () => Promise<boolean>
  readonly again: <Result>(call: () => Promise<Result>) => Promise<Result>
}

/** Every call goes to the channel as it is now; one that failed for old credentials is made once more with new ones. */
export function renewing(renewal: Renewal): Channel {
  const { channel } = renewal
  const held = hold(renewal)
  const { again } = held
  return {
    manifest: channel.manifest,
    canAct: (...args) => held.channel.canAct(...args),
    preview: (text) => held.channel.preview(text),
    nameFor: (key) => held.channel.nameFor(key),
    act: (...args) => actAgain(held, renewal, args),
    readBack: (...args) => again(() => held.channel.readBack(...args)),
    ...(channel.check && { check: () => checkAgain(held) }),
    ...(channel.subscribe && { subscribe: () => again(() => need(held.channel.subscribe?.())) }),
    ...(channel.unsubscribe && { unsubscribe: () => again(() => need(held.channel.unsubscribe?.())) }),
    ...(channel.receive && { receive: async (request) => need(held.channel.receive?.(request)) }),
    ...(channel.poll && { poll: (...args) => again(() => need(held.channel.poll?.(...args))) }),
    ...(channel.stream && { stream: (cursor, signal) => streamAgain(held, cursor, signal) }),
    ...(channel.backfill && { backfill: (...args) => again(() => need(held.channel.backfill?.(...args))) }),
    ...(channel.normalise && { normalise: (event) => need(held.channel.normalise?.(event)) }),
    ...(channel.templates && { templates: () => again(() => need(held.channel.templates?.())) }),
    ...(channel.reconcileDeletes && {
      reconcileDeletes: (ids) => again(() => need(held.channel.reconcileDeletes?.(ids))),
    }),
  }
}

function hold(renewal: Renewal): Held {
  const held: Held = {
    channel: renewal.channel,
    async renew() {
      const channel = await renewal.renew()
      if (channel !== null) held.channel = channel
      return channel !== null
    },
    async again(call) {
      try {
        return await call()
      } catch (error) {
        if (!isExpired(error) || !(await held.renew())) throw error
        return call()
      }
    },
  }
  return held
}

async function actAgain(
  held: Held,
  { onRefused }: Renewal,
  args: Parameters<Channel['act']>,
): Promise<Acted> {
  const acted = await held.channel.act(...args)
  if (acted.result !== 'refused') return acted
  if (acted.error === 'auth.expired' && (await held.renew())) return held.channel.act(...args)
  const trouble = troubleOf({ code: acted.error })
  if (trouble !== null) await onRefused(trouble, acted.detail)
  return acted
}

async function checkAgain(held: Held): Promise<Checked> {
  const checked = await held.again(() => need(held.channel.check?.()))
  const canRenew = checked.state === 'needs-reauth' && held.channel.refresh !== undefined
  return canRenew && (await held.renew()) ? need(held.channel.check?.()) : checked
}

async function* streamAgain(held: Held, from: string | null, signal: AbortSignal): AsyncGenerator<Streamed> {
  let cursor = from
  for (let isRenewed = false; ;) {
    try {
      for await (const piece of need(held.channel.stream?.(cursor, signal))) {
        cursor = piece.cursor
        isRenewed = false
        yield piece
      }
      return
    } catch (error) {
      if (isRenewed || !isExpired(error) || !(await held.renew())) throw error
      isRenewed = true
    }
  }
}

function isExpired(error: unknown): boolean {
  return error instanceof ChannelFailure && error.code === 'auth.expired'
}

/** A channel that could do a thing when it was opened can do it after new credentials as well. */
function need<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the channel lost a capability when its credentials were renewed')
  return value
}
