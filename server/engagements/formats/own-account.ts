import type { FormatOptions, Owner } from './format.ts'
import { createFindOurs } from './own-handles.ts'

/** Whose archive it is. */
export interface OwnAccount {
  readonly isOurs: (names: readonly (string | undefined)[]) => boolean
  /** Its author and its presence. */
  readonly author: Owner
  readonly presence: string
}

export const NEEDS_OWN =
  'The file does not say whose it is: name your account under "own handles", as the file writes it.'

/** By what the person in front said, else by what the archive says; undefined where nobody does. */
export function ownAccount(options: FormatOptions): OwnAccount | undefined {
  const { owner, ownHandles = [] } = options
  const given = ownHandles[0]?.trim().replace(/^@/, '')
  const main = given ?? owner?.handle ?? owner?.externalId
  if (main === undefined || main === '') return undefined
  const names = [owner?.externalId, owner?.handle, owner?.name].filter((name) => name !== undefined)
  const find = createFindOurs([...ownHandles, ...names])
  const { name } = owner ?? {}
  return {
    isOurs: (candidates) => find(candidates) !== undefined,
    author: {
      externalId: owner?.externalId ?? main,
      handle: main,
      ...(name === undefined ? {} : { name }),
    },
    presence: main,
  }
}
