import type { BusinessHours, CompanyFunction, Me } from '../../contract/workspace.ts'
import { permissions, roleAllows } from '../../contract/policy.ts'
import type { SignedIn } from '../platform/auth/authenticator.ts'
import {
  firstOwner,
  membershipsOf,
  slugsLike,
  workspacesByName,
  type WorkspaceFound,
} from '../platform/db/directory.ts'
import { inScope, systemScope, type Db, type Scope } from '../platform/db/scope.ts'
import { tell } from '../platform/events/tell.ts'
import { newId } from '../platform/ids.ts'
import type { Platform } from '../platform/platform.ts'
import { refused } from '../platform/refused.ts'
import { record } from './audit/commands.ts'
import {
  checkFunctions,
  checkHours,
  checkName,
  checkTimeZone,
  type SettingsProblem,
} from './check-settings.ts'
import { defaultFunctions, defaultHours } from './default-settings.ts'
import { addMember } from './members/store.ts'
import { slugOfName, slugStem } from './slug-of-name.ts'
import { addWorkspace, claimSample, releaseSample } from './store.ts'

/** What later slices add; app.ts hands it in, so that this slice knows none of them. */
export interface WorkspaceHooks {
  /** Runs in the transaction that makes the workspace: its first decision tree, for one. */
  readonly onWorkspaceCreated: (db: Db, scope: Scope, functions: readonly CompanyFunction[]) => Promise<void>
  /** Functions that the decision tree in force names, so that none of them is taken away. */
  readonly functionsInUse: (db: Db, workspaceId: string) => Promise<readonly string[]>
  /** Fills the workspace with sample conversations; answers with how many were accepted. */
  readonly loadSample: (scope: Scope) => Promise<number>
}

export interface FirstMember {
  readonly userId: string
  readonly name: string
  readonly email: string
}

export interface WantedWorkspace {
  readonly name: string
  readonly timeZone: string
  readonly functions: readonly CompanyFunction[]
  readonly hours: BusinessHours
}

export interface WorkspaceMade {
  readonly id: string
  readonly slug: string
  /** In the name of its owner, or of the system where it has none yet. */
  readonly scope: Scope
}

const maxOwn = 50
const slugTries = 5

/** Makes a workspace with its functions, its owner and what the hooks add, all or nothing. */
export async function makeWorkspace(
  platform: Platform,
  hooks: WorkspaceHooks,
  wanted: WantedWorkspace,
  owner: FirstMember | null,
): Promise<WorkspaceMade> {
  refuseProblem(checkTimeZone(wanted.timeZone))
  refuseProblem(checkHours(wanted.hours))
  refuseProblem(checkFunctions(wanted.functions))
  for (let tries = 0; tries < slugTries; tries += 1) {
    const slug = slugOfName(
      wanted.name,
      await slugsLike(platform.database, slugStem(wanted.name).slice(0, 30)),
    )
    const made = await tryToMake(platform, hooks, { ...wanted, slug }, owner)
    if (made !== null) return made
  }
  throw refused('CONFLICT', 'slug-taken', 'Somebody made a workspace of this name at the same moment.')
}

async function tryToMake(
  platform: Platform,
  hooks: WorkspaceHooks,
  wanted: WantedWorkspace & { readonly slug: string },
  owner: FirstMember | null,
): Promise<WorkspaceMade | null> {
  const id = newId()
  const memberId = newId()
  const now = new Date(platform.clock.now())
  const scope: Scope =
    owner === null
      ? systemScope(id)
      : { workspaceId: id, actor: { kind: 'member', id: memberId, name: owner.name } }
  return inScope(platform.database, scope, async (db) => {
    if (!(await addWorkspace(db, { ...wanted, id }, now))) return null
    if (owner !== null) await addMember(db, id, { ...owner, id: memberId, role: 'owner', functions: [] }, now)
    await hooks.onWorkspaceCreated(db, scope, wanted.functions)
    const { name, slug, timeZone } = wanted
    await record(db, scope, {
      action: 'workspace.made',
      subject: { type: 'workspace', id },
      after: { name, slug, timeZone, functions: wanted.functions, hours: wanted.hours },
    })
    return { id, slug, scope }
  })
}

/** Another workspace, owned by whoever asks. */
export async function createWorkspace(
  platform: Platform,
  hooks: WorkspaceHooks,
  user: SignedIn,
  input: { readonly name: string; readonly timeZone: string; readonly withSample: boolean },
): Promise<{ slug: string }> {
  const all = await membershipsOf(platform.database, user.userId)
  if (all.filter(({ role }) => role === 'owner').length >= maxOwn) {
    throw refused('CONFLICT', 'too-many-workspaces', `One account owns at most ${maxOwn} workspaces.`)
  }
  const wanted = { ...input, functions: defaultFunctions, hours: defaultHours }
  const made = await makeWorkspace(platform, hooks, wanted, user)
  platform.auth.forget()
  if (input.withSample) await loadSample(platform, hooks, made.scope)
  return { slug: made.slug }
}

/**
 * For the command line: owned by who set this installation up. Made before that, set-up gives it to them. A name that is
 * taken is refused, as the other commands find a workspace by its name.
 */
export async function createWorkspaceByName(
  platform: Platform,
  hooks: WorkspaceHooks,
  name: string,
  timeZone = 'UTC',
): Promise<WorkspaceMade> {
  const wanted = { name: name.trim(), timeZone, functions: defaultFunctions, hours: defaultHours }
  refuseProblem(checkName(wanted.name))
  const taken = await findWorkspaceByName(platform, wanted.name)
  if (taken !== null) throw refused('CONFLICT', 'name-taken', `There is a workspace ${wanted.name} already.`)
  return makeWorkspace(platform, hooks, wanted, await firstOwner(platform.database))
}

/** By slug, else by name; several of one name are an error, as the command line must not guess. */
export async function findWorkspaceByName(
  platform: Platform,
  text: string,
): Promise<WorkspaceFound | null | 'several'> {
  const found = await workspacesByName(platform.database, text)
  const exact = found.find(({ slug }) => slug === text)
  if (exact !== undefined) return exact
  return found.length > 1 ? 'several' : (found[0] ?? null)
}

/** Fills the workspace with sample conversations, once. */
export async function loadSample(
  platform: Platform,
  hooks: WorkspaceHooks,
  scope: Scope,
): Promise<{ accepted: number }> {
  const isMine = await inScope(platform.database, scope, (db) => claimSample(db, scope.workspaceId))
  if (!isMine) throw refused('CONFLICT', 'sample-loaded', 'The sample conversations are here already.')
  try {
    const accepted = await hooks.loadSample(scope)
    await inScope(platform.database, scope, async (db) => {
      await tell(db, scope.workspaceId, { topic: 'workspace.changed' })
      await record(db, scope, {
        action: 'sample.loaded',
        subject: { type: 'workspace', id: scope.workspaceId },
        after: { accepted },
      })
    })
    return { accepted }
  } catch (error) {
    await inScope(platform.database, scope, (db) => releaseSample(db, scope.workspaceId))
    throw error
  }
}

/** Who is signed in, and where. */
export async function readMe(platform: Platform, user: SignedIn): Promise<Me> {
  const { userId: id, name, email, twoFactor } = user
  const memberships = await membershipsOf(platform.database, user.userId)
  return {
    user: { id, name, email, twoFactor },
    workspaces: memberships.map(({ slug, workspaceName, memberId, role, functions }) => ({
      slug,
      name: workspaceName,
      memberId,
      role,
      functions: [...functions],
      permissions: permissions.filter((permission) => roleAllows(role, permission)),
    })),
  }
}

export function refuseProblem(problem: SettingsProblem | undefined): void {
  if (problem !== undefined) throw refused('INVALID', problem.reason, problem.hint)
}
