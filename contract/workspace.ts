import { z } from 'zod'
import { Day, Done, endpoint, Id, Instant } from './endpoint.ts'
import { KeyScope, Permission, Role } from './policy.ts'

export const FunctionKey = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/)
export type FunctionKey = z.infer<typeof FunctionKey>

export const CompanyFunction = z.object({ key: FunctionKey, title: z.string().min(1).max(60) })
export type CompanyFunction = z.infer<typeof CompanyFunction>

/** How a function gets its cases to its members. */
export const FunctionSettings = CompanyFunction.extend({
  /** Its cases find their assignee by themselves. */
  autoAssign: z.boolean(),
  /** Nobody is given one beyond this many that are new or open. */
  mostOpen: z.number().int().min(1).max(1_000),
})
export type FunctionSettings = z.infer<typeof FunctionSettings>
/** What is left out stays as it is. */
const FunctionChange = CompanyFunction.extend(
  FunctionSettings.pick({ autoAssign: true, mostOpen: true }).partial().shape,
)
export type FunctionChange = z.infer<typeof FunctionChange>

const DayHours = z
  .array(z.tuple([z.number().int().min(0).max(1440), z.number().int().min(0).max(1440)]))
  .max(4)
  .default([])

/** Minutes of the day by ISO weekday, Monday = "1"; a day that is left out is closed. */
export const WeeklyHours = z.strictObject({
  '1': DayHours,
  '2': DayHours,
  '3': DayHours,
  '4': DayHours,
  '5': DayHours,
  '6': DayHours,
  '7': DayHours,
})
export type WeeklyHours = z.infer<typeof WeeklyHours>

export const BusinessHours = z.object({
  weekly: WeeklyHours,
  holidays: z.array(Day).max(400),
})
export type BusinessHours = z.infer<typeof BusinessHours>

export const Workspace = z.object({
  id: Id,
  slug: z.string(),
  name: z.string(),
  timeZone: z.string(),
  hours: BusinessHours,
  functions: z.array(FunctionSettings),
  contactForm: z.object({ isOpen: z.boolean(), greeting: z.string() }),
  hasSample: z.boolean(),
})
export type Workspace = z.infer<typeof Workspace>

export const Member = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  functions: z.array(FunctionKey),
  isActive: z.boolean(),
  /** Takes new cases now; not while away. */
  isAvailable: z.boolean(),
  /** Until when they are away; null where they are not, or have not said. */
  awayUntil: Instant.nullable(),
  lastSeenAt: Instant.nullable(),
})
export type Member = z.infer<typeof Member>

export const Invitation = z.object({
  id: Id,
  email: z.string(),
  role: Role,
  functions: z.array(FunctionKey),
  expiresAt: Instant,
  invitedBy: z.string(),
})
export type Invitation = z.infer<typeof Invitation>

export const Me = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string(), twoFactor: z.boolean() }),
  workspaces: z.array(
    z.object({
      slug: z.string(),
      name: z.string(),
      memberId: Id,
      role: Role,
      functions: z.array(FunctionKey),
      permissions: z.array(Permission),
    }),
  ),
})
export type Me = z.infer<typeof Me>

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  start: z.string(),
  scopes: z.array(KeyScope),
  createdAt: Instant,
  lastUsedAt: Instant.nullable(),
})
export type ApiKey = z.infer<typeof ApiKey>

/** A sender that signs with Standard Webhooks instead of carrying a key. */
export const SignedSource = z.object({
  id: Id,
  name: z.string(),
  createdAt: Instant,
  secretCount: z.number().int(),
})
export type SignedSource = z.infer<typeof SignedSource>

const name = z.string().trim().min(1).max(120)
const email = z.email().max(320)
const password = z.string().min(12).max(256)

const setupState = endpoint('public')
  .route({ method: 'GET', path: '/setup', summary: 'Whether the first owner is still to be made' })
  .output(z.object({ isNeeded: z.boolean() }))
const createOwner = endpoint('public')
  .route({
    method: 'POST',
    path: '/setup',
    summary: 'Make the first owner and workspace with the one-time link',
  })
  .input(
    z.object({
      token: z.string().min(20).max(200),
      name,
      email,
      password,
      workspaceName: name,
      timeZone: z.string().max(64),
      functions: z.array(CompanyFunction).min(1).max(30),
      hours: BusinessHours,
      withSample: z.boolean(),
    }),
  )
  .output(z.object({ workspace: z.string() }))

const me = endpoint('session')
  .route({ method: 'GET', path: '/me', summary: 'Who is signed in, and their workspaces' })
  .output(Me)
const createWorkspace = endpoint('session')
  .route({ method: 'POST', path: '/workspaces', summary: 'Make another workspace, owned by the caller' })
  .input(z.object({ name, timeZone: z.string().max(64), withSample: z.boolean().default(false) }))
  .output(z.object({ slug: z.string() }))
const getWorkspace = endpoint('workspace.read')
  .route({ method: 'GET', path: '/workspace', summary: 'The workspace and its settings' })
  .output(Workspace)
const updateWorkspace = endpoint('workspace.manage')
  .route({ method: 'PATCH', path: '/workspace', summary: 'Change settings of the workspace' })
  .input(
    z.object({
      name: name.optional(),
      timeZone: z.string().max(64).optional(),
      hours: BusinessHours.optional(),
      functions: z.array(FunctionChange).min(1).max(30).optional(),
      contactForm: z.object({ isOpen: z.boolean(), greeting: z.string().max(500) }).optional(),
    }),
  )
  .output(Workspace)
const loadSample = endpoint('workspace.manage')
  .route({
    method: 'POST',
    path: '/workspace/sample',
    summary: 'Fill the workspace with sample conversations',
  })
  .output(z.object({ accepted: z.number().int() }))

const listMembers = endpoint('workspace.read')
  .route({ method: 'GET', path: '/members', summary: 'Members of the workspace' })
  .output(z.object({ items: z.array(Member) }))
const updateMember = endpoint('members.manage')
  .route({
    method: 'PATCH',
    path: '/members/{id}',
    summary: 'Change role, functions or activity of a member',
  })
  .input(
    z.object({
      id: Id,
      role: Role.optional(),
      functions: z.array(FunctionKey).max(30).optional(),
      isActive: z.boolean().optional(),
    }),
  )
  .output(Member)
const setAvailability = endpoint('workspace.read')
  .route({
    method: 'PUT',
    path: '/me/availability',
    summary: 'Say whether I take new cases now, or until when I am away',
  })
  .input(z.object({ isAvailable: z.boolean(), until: Instant.nullable().default(null) }))
  .output(Done)

const listInvitations = endpoint('members.manage')
  .route({ method: 'GET', path: '/invitations', summary: 'Invitations that are still open' })
  .output(z.object({ items: z.array(Invitation) }))
const invite = endpoint('members.manage')
  .route({
    method: 'POST',
    path: '/invitations',
    summary: 'Invite somebody; the link is shown once, holds 72 h, works once',
  })
  .input(z.object({ email, role: Role, functions: z.array(FunctionKey).max(30) }))
  .output(z.object({ invitation: Invitation, link: z.string() }))
const revokeInvitation = endpoint('members.manage')
  .route({ method: 'DELETE', path: '/invitations/{id}', summary: 'Take an invitation back' })
  .input(z.object({ id: Id }))
  .output(Done)
const lookInvitation = endpoint('public')
  .route({ method: 'POST', path: '/invitations/look', summary: 'What an invitation link offers' })
  .input(z.object({ token: z.string().min(20).max(200) }))
  .output(z.object({ workspace: z.string(), email: z.string(), role: Role, hasAccount: z.boolean() }))
const acceptInvitation = endpoint('public')
  .route({
    method: 'POST',
    path: '/invitations/accept',
    summary: 'Accept: signed in as the invited address, or with a name and password for a new account',
  })
  .input(
    z.object({ token: z.string().min(20).max(200), name: name.optional(), password: password.optional() }),
  )
  .output(z.object({ workspace: z.string() }))

const listKeys = endpoint('keys.manage')
  .route({ method: 'GET', path: '/keys', summary: 'API keys, without their secrets' })
  .output(z.object({ items: z.array(ApiKey) }))
const createKey = endpoint('keys.manage')
  .route({ method: 'POST', path: '/keys', summary: 'Make an API key; it is shown once' })
  .input(z.object({ name, scopes: z.array(KeyScope).min(1) }))
  .output(z.object({ key: z.string(), item: ApiKey }))
const revokeKey = endpoint('keys.manage')
  .route({ method: 'DELETE', path: '/keys/{id}', summary: 'Revoke an API key at once' })
  .input(z.object({ id: z.string().min(1).max(64) }))
  .output(Done)
const listSources = endpoint('keys.manage')
  .route({ method: 'GET', path: '/sources', summary: 'Senders that sign with Standard Webhooks' })
  .output(z.object({ items: z.array(SignedSource) }))
const createSource = endpoint('keys.manage')
  .route({ method: 'POST', path: '/sources', summary: 'Make a signed source; the secret is shown once' })
  .input(z.object({ name }))
  .output(z.object({ secret: z.string(), item: SignedSource }))
const rotateSource = endpoint('keys.manage')
  .route({
    method: 'POST',
    path: '/sources/{id}/rotate',
    summary: 'Add a new secret; the one before stays valid until the next rotation',
  })
  .input(z.object({ id: Id }))
  .output(z.object({ secret: z.string() }))
const deleteSource = endpoint('keys.manage')
  .route({ method: 'DELETE', path: '/sources/{id}', summary: 'Remove a signed source' })
  .input(z.object({ id: Id }))
  .output(Done)

export const setup = { state: setupState, createOwner }
export const workspace = {
  me,
  create: createWorkspace,
  get: getWorkspace,
  update: updateWorkspace,
  loadSample,
}
export const members = { list: listMembers, update: updateMember, setAvailability }
export const invitations = {
  list: listInvitations,
  create: invite,
  revoke: revokeInvitation,
  look: lookInvitation,
  accept: acceptInvitation,
}
export const keys = { list: listKeys, create: createKey, revoke: revokeKey }
export const sources = { list: listSources, create: createSource, rotate: rotateSource, remove: deleteSource }
