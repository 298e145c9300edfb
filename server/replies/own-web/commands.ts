import type { EngagementInput } from '../../../contract/engagement.ts'
import type { PublicConversation } from '../../../contract/own-web.ts'
import { addAttachments } from '../../connections/index.ts'
import { acceptWithin } from '../../engagements/index.ts'
import { guessNetwork } from '../../platform/auth/guess-buckets.ts'
import { openGuesses } from '../../platform/auth/guesses.ts'
import { conversationByToken, workspaceBySlug, type ConversationFound } from '../../platform/db/directory.ts'
import { inScope, type Db, type Scope } from '../../platform/db/scope.ts'
import { storableText } from '../../platform/db/storable-json.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { refused } from '../../platform/refused.ts'
import { derivedToken } from '../../platform/secrets/derived-token.ts'
import { hashToken } from '../../platform/secrets/sealed.ts'
import { connectPresence } from '../../presences/index.ts'
import { messageInput, type WebConversation } from './message-input.ts'
import {
  addConversation,
  addWebMessage,
  conversationByStart,
  countMessages,
  lockConversation,
} from './store.ts'
import { conversationView, formFacts } from './views.ts'

/** An hour, from one address; and in one conversation. */
const mostConversations = 10
const mostMessages = 60
const hourMs = 3_600_000

export async function readForm(
  platform: Platform,
  slug: string,
): Promise<{ company: string; greeting: string }> {
  const { scope } = await formScope(platform, slug)
  const facts = await inScope(platform.database, scope, (db) => formFacts(db, scope.workspaceId))
  if (facts === null) throw refused('NOT_FOUND')
  if (!facts.isOpen) throw refused('GONE')
  return { company: facts.company, greeting: facts.greeting }
}

interface FormScope {
  readonly scope: Scope
  readonly slug: string
  readonly company: string
}

async function formScope(platform: Platform, slug: string): Promise<FormScope> {
  const workspace = await workspaceBySlug(platform.database, slug)
  if (workspace === null) throw refused('NOT_FOUND')
  return { scope: outsideScope(workspace.id), slug: workspace.slug, company: workspace.name }
}

function outsideScope(workspaceId: string): Scope {
  return { workspaceId, actor: { kind: 'person', id: null, name: 'somebody outside' } }
}

/** A site's word for who its visitor is. */
export interface CustomerProof {
  readonly writeKey: string
  readonly userId: string
  readonly userHash: string
}

export interface OwnWebParts {
  readonly platform: Platform
  /** Whether a site of this workspace vouches for its visitor. */
  readonly vouches: (workspaceId: string, proof: CustomerProof) => Promise<boolean>
}

export interface StartInput {
  readonly workspace: string
  readonly name: string
  readonly email?: string | undefined
  readonly customer?: CustomerProof | undefined
  readonly text: string
  readonly key: string
}

/** Begins a conversation and answers with its private link; the same key answers with the same link. */
export async function startConversation(
  parts: OwnWebParts,
  input: StartInput,
  address: string,
): Promise<{ token: string; url: string }> {
  const { platform } = parts
  const form = await formScope(platform, input.workspace)
  const startHash = hashToken(input.key)
  const known = await startedBefore(platform, form.scope, startHash)
  const id = known ?? (await startNew(parts, form, { ...input, startHash }, address))
  const { token } = derivedToken(platform.secrets, 'conversation', id)
  return { token, url: `${platform.publicUrl}/c/${token}` }
}

/** Refuses where the form is closed. */
async function startedBefore(platform: Platform, scope: Scope, startHash: Buffer): Promise<string | null> {
  return inScope(platform.database, scope, async (db) => {
    const facts = await formFacts(db, scope.workspaceId)
    if (facts?.isOpen !== true) throw refused('GONE')
    return conversationByStart(db, scope.workspaceId, startHash)
  })
}

async function startNew(
  { platform, vouches }: OwnWebParts,
  form: FormScope,
  input: StartInput & { readonly startHash: Buffer },
  address: string,
): Promise<string> {
  await countStart(platform, form.scope.workspaceId, address)
  const id = newId()
  const { customer } = input
  const isCustomer = customer !== undefined && (await vouches(form.scope.workspaceId, customer))
  const customerId = isCustomer ? storableText(customer.userId) : null
  const isNew = await inScope(platform.database, form.scope, (db) =>
    begin(platform, db, form, { ...input, id, customerId }),
  )
  const started = isNew ? id : await startedBefore(platform, form.scope, input.startHash)
  if (started === null) throw refused('NOT_FOUND')
  return started
}

async function countStart(platform: Platform, workspaceId: string, address: string): Promise<void> {
  const tries = openGuesses(platform.database.owner, platform.clock)
  const name = `form ${workspaceId} ${guessNetwork(address)}`
  const reserved = await tries.reserve([{ name, limit: mostConversations }])
  if (!reserved.ok) throw refused('TOO_MANY_REQUESTS')
}

/** False where the same page began it at the same moment. */
async function begin(
  platform: Platform,
  db: Db,
  { scope, slug, company }: FormScope,
  input: StartInput & { readonly id: string; readonly startHash: Buffer; readonly customerId: string | null },
): Promise<boolean> {
  const at = new Date(platform.clock.now())
  const conversation: WebConversation = {
    id: input.id,
    identityExternalId: `form:${input.id}`,
    threadExternalId: `form:${input.id}`,
    name: storableText(input.name),
    email: input.email?.toLowerCase() ?? null,
    customerId: input.customerId,
  }
  const tokenHash = derivedToken(platform.secrets, 'conversation', input.id).hash
  const { startHash } = input
  if (!(await addConversation(db, scope.workspaceId, { ...conversation, tokenHash, startHash, at }))) {
    return false
  }
  const presence = { channel: 'web', handle: slug, name: company, connector: 'web' }
  await connectPresence(db, scope.workspaceId, presence, at)
  await say(db, scope.workspaceId, conversation, { key: input.key, text: input.text, at, slug })
  return true
}

interface Saying {
  readonly key: string
  readonly text: string
  readonly at: Date
  readonly slug: string
  readonly media?: EngagementInput['media']
  /** The message's own id, where it must be known before. */
  readonly id?: string
}

async function say(
  db: Db,
  workspaceId: string,
  conversation: WebConversation,
  { key, text, at, slug, media, id }: Saying,
): Promise<void> {
  const message = {
    externalId: id ?? newId(),
    text,
    at: at.toISOString(),
    ...(media === undefined ? {} : { media }),
  }
  const input = messageInput(conversation, message, slug)
  const [accepted] = await acceptWithin(db, workspaceId, [input], { via: 'form', now: at })
  if (accepted?.result !== 'accepted') throw new Error('a message with a new id was not accepted')
  await addWebMessage(db, workspaceId, {
    conversationId: conversation.id,
    key,
    arrivalId: accepted.id,
    at,
  })
}

/** Whose private link this is; the same answer for a wrong one and for one of a removed conversation. */
async function findConversation(platform: Platform, token: string): Promise<ConversationFound> {
  const found = await conversationByToken(platform.database, hashToken(token))
  if (found === null) throw refused('NOT_FOUND')
  return found
}

export async function readConversation(platform: Platform, token: string): Promise<PublicConversation> {
  const { workspaceId, conversationId } = await findConversation(platform, token)
  const view = await inScope(platform.database, outsideScope(workspaceId), (db) =>
    conversationView(db, workspaceId, conversationId),
  )
  if (view === null) throw refused('NOT_FOUND')
  const { survey } = view
  if (survey === null) return { ...view, survey }
  const { token: surveyToken } = derivedToken(platform.secrets, 'survey', survey.id)
  return { ...view, survey: { token: surveyToken, isAnswered: survey.isAnswered } }
}

export interface WriteInput {
  readonly token: string
  readonly text: string
  readonly key: string
  readonly file?: WebFile
}

/** A file that was stored already under the id. */
export interface WebFile {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
}

/** Writes again; the same key writes once. */
export async function writeMessage(platform: Platform, input: WriteInput): Promise<{ done: true }> {
  await writeOnce(platform, input)
  return { done: true }
}

/** False where it was written before. */
export async function writeOnce(platform: Platform, input: WriteInput): Promise<boolean> {
  const { workspaceId, conversationId } = await findConversation(platform, input.token)
  return inScope(platform.database, outsideScope(workspaceId), async (db) => {
    const conversation = await lockConversation(db, workspaceId, conversationId)
    const facts = await formFacts(db, workspaceId)
    if (conversation === null || facts === null) throw refused('NOT_FOUND')
    const at = new Date(platform.clock.now())
    const since = new Date(at.getTime() - hourMs)
    const asked = { conversationId, key: input.key, since }
    const { isKnown, recent } = await countMessages(db, workspaceId, asked)
    if (isKnown) return false
    if (recent >= mostMessages) throw refused('TOO_MANY_REQUESTS')
    const { text, key, file } = input
    const attached = file === undefined ? {} : await attach(platform, db, workspaceId, { file, at })
    await say(db, workspaceId, conversation, { key, text, at, slug: facts.slug, ...attached })
    return true
  })
}

async function attach(
  platform: Platform,
  db: Db,
  workspaceId: string,
  { file, at }: { readonly file: WebFile; readonly at: Date },
): Promise<Pick<Saying, 'media' | 'id'>> {
  const id = newId()
  const { name, mediaType } = file
  await addAttachments(
    db,
    workspaceId,
    [{ ...file, source: 'web', externalId: id, connectionId: null, eventId: null }],
    at,
  )
  return { id, media: [{ url: `${platform.publicUrl}/api/v1/attachments/${file.id}`, mediaType, alt: name }] }
}
