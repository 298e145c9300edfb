import type {
  Account,
  Channel,
  ChannelSettings,
  MailedAnswer,
  Plug,
  Receipt,
} from '../../channels/channel.ts'
import type { Db } from '../platform/db/scope.ts'
import type { Platform } from '../platform/platform.ts'

/** What is wrong with a connection: the network wants new credentials, or something else must be put right. */
export type Trouble = 'needs-reauth' | 'broken'

/** A connection as it is stored; secrets sealed. */
export interface StoredConnection {
  readonly workspaceId: string
  readonly id: string
  readonly presenceId: string | null
  readonly functionKey: string | null
  /** The plug's id. */
  readonly channel: string
  readonly account: Account | null
  readonly config: Readonly<Record<string, string>>
  readonly secrets: Uint8Array | null
  readonly secretNames: readonly string[]
  readonly secretsVersion: number
  readonly permissions: readonly string[]
  readonly ownerId: string | null
  readonly isPaused: boolean
  readonly trouble: Trouble | null
  readonly detail: string
  readonly version: number
}

/** What other slices do about what connections learn; handed in, each called in the transaction in which it happens. */
export interface ConnectionHooks {
  /** What became of words of ours, by the network's name of them; may come before we know that name. */
  onReceipts(
    db: Db,
    workspaceId: string,
    heard: { readonly connectionId: string; readonly source: string; readonly receipts: readonly Receipt[] },
  ): Promise<void>
  /** Members answered from a program of their own. */
  onMailedAnswers?(
    db: Db,
    workspaceId: string,
    heard: { readonly connectionId: string; readonly answers: readonly MailedAnswer[] },
  ): Promise<void>
  /** Something is wrong since now; its owner should know. */
  onTrouble(
    db: Db,
    workspaceId: string,
    trouble: { readonly connectionId: string; readonly ownerId: string; readonly text: string },
  ): Promise<void>
  /** Nothing is wrong any more, or it was resumed: what waited may go on. */
  onRecovered(
    db: Db,
    workspaceId: string,
    recovered: { readonly connectionId: string; readonly presenceId: string | null },
  ): Promise<void>
}

/** What connections need of the world; made once, at the top. */
export interface ConnectionParts {
  readonly platform: Pick<
    Platform,
    'database' | 'clock' | 'log' | 'secrets' | 'egress' | 'files' | 'publicUrl' | 'auth'
  >
  readonly plugs: readonly Plug[]
  readonly settings: ChannelSettings
  readonly hooks: ConnectionHooks
  /** From 0 to 1: spreads what failed together. */
  readonly chance: () => number
}

/** A channel opened for one connection; renews its credentials by itself where they ran out. */
export interface Connected {
  readonly workspaceId: string
  readonly connectionId: string
  readonly presenceId: string | null
  readonly account: Account | null
  readonly channel: Channel
  /** Why nothing may leave just now, such as a pause; a sentence. Null where it may. */
  readonly waits: string | null
}
