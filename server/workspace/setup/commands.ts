import type { BusinessHours, CompanyFunction } from '../../../contract/workspace.ts'
import { inScope, type Scope } from '../../platform/db/scope.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { refused } from '../../platform/refused.ts'
import { hashToken, newToken } from '../../platform/secrets/sealed.ts'
import { record } from '../audit/commands.ts'
import { loadSample, makeWorkspace, type WorkspaceHooks, type WorkspaceMade } from '../commands.ts'
import { addMember } from '../members/store.ts'
import {
  isSetupNeeded,
  isSetupToken,
  lockSetup,
  ownerlessWorkspaces,
  putSetupToken,
  removeSetupToken,
} from './store.ts'

/** The one-time link of an installation without an owner; null once there is one. Each start makes a new one. */
export async function firstStartLink(platform: Platform): Promise<string | null> {
  const { owner } = platform.database
  if (!(await isSetupNeeded(owner))) return null
  const { token, hash } = newToken()
  await putSetupToken(owner, hash, new Date(platform.clock.now()))
  return `${platform.publicUrl}/setup#${token}`
}

export async function readSetupState(platform: Platform): Promise<{ isNeeded: boolean }> {
  return { isNeeded: await isSetupNeeded(platform.database.owner) }
}

export interface FirstOwner {
  readonly token: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly workspaceName: string
  readonly timeZone: string
  readonly functions: readonly CompanyFunction[]
  readonly hours: BusinessHours
  readonly withSample: boolean
}

/**
 * Makes the first owner and their workspace. After that, and for a wrong token, it answers as if it did not exist. Of
 * calls at the same moment one goes through.
 */
export async function createOwner(
  platform: Platform,
  hooks: WorkspaceHooks,
  input: FirstOwner,
): Promise<{ workspace: string }> {
  const made = await platform.database.owner.transaction().execute(async (db) => {
    if (!(await lockSetup(db)))
      throw refused('CONFLICT', 'setup-runs', 'Somebody is setting this up right now.')
    if (!(await isSetupNeeded(db)) || !(await isSetupToken(db, hashToken(input.token)))) {
      throw refused('NOT_FOUND')
    }
    const workspace = await makeAll(platform, hooks, input)
    await removeSetupToken(db)
    return workspace
  })
  platform.auth.forget()
  if (input.withSample) await loadSample(platform, hooks, made.scope)
  return { workspace: made.slug }
}

async function makeAll(platform: Platform, hooks: WorkspaceHooks, input: FirstOwner): Promise<WorkspaceMade> {
  const { name, email, password } = input
  const left = await platform.auth.userByEmail(email)
  // Left behind by a set-up that was cut off: it belongs to no workspace, or there would be an owner.
  if (left !== null) await platform.auth.removeUser(left.userId)
  const user = await platform.auth.createUser({ name, email, password })
  if (!user.ok) {
    const hint = 'This password is among the first to be guessed. Choose another one.'
    throw refused('INVALID', user.reason, user.reason === 'weak-password' ? hint : undefined)
  }
  const owner = { userId: user.userId, name, email }
  const ownerless = await ownerlessWorkspaces(platform.database.owner)
  try {
    const { timeZone, functions, hours } = input
    const wanted = { name: input.workspaceName, timeZone, functions, hours }
    const made = await makeWorkspace(platform, hooks, wanted, owner)
    for (const workspaceId of ownerless) await adopt(platform, workspaceId, owner)
    return made
  } catch (error) {
    await platform.auth.removeUser(user.userId)
    throw error
  }
}

/** What the command line made before becomes the owner's too. */
async function adopt(
  platform: Platform,
  workspaceId: string,
  owner: { readonly userId: string; readonly name: string; readonly email: string },
): Promise<void> {
  const memberId = newId()
  const scope: Scope = { workspaceId, actor: { kind: 'member', id: memberId, name: owner.name } }
  await inScope(platform.database, scope, async (db) => {
    const member = { ...owner, id: memberId, role: 'owner' as const, functions: [] }
    await addMember(db, workspaceId, member, new Date(platform.clock.now()))
    await record(db, scope, {
      action: 'member.joined',
      subject: { type: 'member', id: memberId },
      after: { email: owner.email, role: 'owner' },
    })
  })
}
