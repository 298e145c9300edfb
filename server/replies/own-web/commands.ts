import type { PublicConversation } from '../../../contract/own-web.ts'
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

export interface StartInput {
  readonly workspace: string
  readonly name: string
  readonly email?: string | undefined
  readonly text: string
  readonly key: string
}

/** Begins a conversation and answers with its private link; the same key answers with the same link. */
export async function startConversation(
  platform: Platform,
  input: StartInput,
  address: string,
): Promise<{ token: string; url: string }> {
  const form = await formScope(platform, input.workspace)
  const startHash = hashToken(input.key)
  const known = await startedBefore(platform, form.scope, startHash)
  const id = known ?? (await startNew(platform, form, { ...input, startHash }, address))
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
  platform: Platform,
  form: FormScope,
  input: StartInput & { readonly startHash: Buffer },
  address: string,
): Promise<string> {
  await countStart(platform, form.scope.workspaceId, address)
  const id = newId()
  const isNew = await inScope(platform.database, form.scope, (db) =>
    begin(platform, db, form, { ...input, id }),
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
  input: StartInput & { readonly id: string; readonly startHash: Buffer },
): Promise<boolean> {
  const at = new Date(platform.clock.now())
  const conversation: WebConversation = {
    id: input.id,
    identityExternalId: `form:${input.id}`,
    threadExternalId: `form:${input.id}`,
    name: storableText(input.name),
    email: input.email?.toLowerCase() ?? null,
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
}

async function say(
  db: Db,
  workspaceId: string,
  conversation: WebConversation,
  { key, text, at, slug }: Saying,
): Promise<void> {
  const message = { externalId: newId(), text, at: at.toISOString() }
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

/** Writes again; the same key writes once. */
export async function writeMessage(
  platform: Platform,
  input: { readonly token: string; readonly text: string; readonly key: string },
): Promise<{ done: true }> {
  const { workspaceId, conversationId } = await findConversation(platform, input.token)
  return inScope(platform.database, outsideScope(workspaceId), async (db) => {
    const conversation = await lockConversation(db, workspaceId, conversationId)
    const facts = await formFacts(db, workspaceId)
    if (conversation === null || facts === null) throw refused('NOT_FOUND')
    const at = new Date(platform.clock.now())
    const since = new Date(at.getTime() - hourMs)
    const { isKnown, recent } = await countMessages(db, workspaceId, {
      conversationId,
      key: input.key,
      since,
    })
    if (isKnown) return { done: true }
    if (recent >= mostMessages) throw refused('TOO_MANY_REQUESTS')
    await say(db, workspaceId, conversation, { key: input.key, text: input.text, at, slug: facts.slug })
    return { done: true }
  })
}
