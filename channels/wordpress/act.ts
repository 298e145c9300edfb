// Our words below a comment. Each bears the key of its act in the field for the writer's program, which visitors never
// see: so it can be found again, and the same act is never there twice.
import { z } from 'zod'
import type { Acted, Command, ReadBack, Target } from '../acting.ts'
import { Comment, fields, isApproved, isHeld } from './comment.ts'
import { actFailure, askApi, readApi, type Answer, type Api } from './rest.ts'
import { commentId, commentName } from './site.ts'

/** WordPress takes HTML; our text is text. */
export function toHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .trim()
}

function agentOf(key: string): string {
  return `Horseshoe (${key.replace(/[^\w.:-]/g, '_').slice(0, 200)})`
}

export async function reply(api: Api, command: Command, key: string, approves: boolean): Promise<Acted> {
  const id = commentId(api.site, command.target.parentExternalId)
  if (id === null) return gone('This is no comment of the connected site.')
  const asked = await ask(
    api,
    { route: `/wp/v2/comments/${id}`, query: { context: 'edit', _fields: fields } },
    false,
  )
  const read = asked.answer?.status === 403 ? await ask(api, viewOf(id), false) : asked
  if (read.answer === null) return read.failure
  const parent = Comment.safeParse(read.answer.json)
  if (read.answer.status !== 200 || !parent.success) return notThere(read.answer)
  const { status, post } = parent.data
  if (!isApproved(status) && !isHeld(status)) return gone('The comment lies in the trash or among spam.')
  if (isHeld(status) && approves) {
    const approved = await ask(
      api,
      { method: 'POST', route: `/wp/v2/comments/${id}`, json: { status: 'approve' } },
      true,
    )
    if (approved.answer === null) return approved.failure
    if (approved.answer.status !== 200) return actFailure(approved.answer)
  }
  const json = { post, parent: id, content: toHtml(command.text), author_user_agent: agentOf(key) }
  const sent = await ask(api, { method: 'POST', route: '/wp/v2/comments', json }, true)
  if (sent.answer === null) return sent.failure
  return sent.answer.status === 201 ? madeOf(api, sent.answer) : notMade(api, command, key, sent.answer)
}

function viewOf(id: number) {
  return { route: `/wp/v2/comments/${id}`, query: { _fields: fields } }
}

function madeOf(api: Api, answer: Answer): Acted {
  const made = Comment.safeParse(answer.json)
  if (!made.success) return { result: 'unknown', detail: 'The site did not say which comment it made.' }
  const detail = isHeld(made.data.status)
    ? 'The site keeps the answer until somebody approves it.'
    : 'below the comment'
  return { result: 'done', networkId: commentName(api.site, made.data.id), detail }
}

/** WordPress refuses the same words twice; where the first were those of this very act, it is done. */
async function notMade(api: Api, command: Command, key: string, answer: Answer): Promise<Acted> {
  const failure = actFailure(answer)
  if (failure.result !== 'refused' || failure.error !== 'duplicate') return failure
  const found = await readBack(api, command, key).catch(() => 'cannot-say' as const)
  return typeof found === 'object'
    ? { result: 'done', networkId: found.networkId, detail: 'there already' }
    : failure
}

const Mine = z.array(Comment.catch(() => nobody))
const nobody = Comment.parse({ id: 1, content: {} })

/** Looks for the act's key among our answers below this comment. */
export async function readBack(api: Api, command: Command, key: string): Promise<ReadBack> {
  if (command.what !== 'reply') return 'cannot-say'
  const parent = commentId(api.site, command.target.parentExternalId)
  if (parent === null) return 'absent'
  const query = {
    parent: String(parent),
    status: 'any',
    per_page: '100',
    orderby: 'id',
    order: 'desc',
    _fields: fields,
  }
  const route = '/wp/v2/comments'
  const asked = await askApi(api, { route, query: { ...query, context: 'edit' } })
  const isModerator = asked.status !== 403
  const { json } = isModerator ? asked : await readApi(api, { route, query })
  const list = Mine.safeParse(json)
  if (!list.success) return 'cannot-say'
  const found = list.data.find(({ author_user_agent }) => author_user_agent === agentOf(key))
  if (found !== undefined) return { networkId: commentName(api.site, found.id) }
  if (isModerator) return list.data.length < 100 ? 'absent' : 'cannot-say'
  return 'cannot-say'
}

export async function edit(api: Api, { target, text }: Command): Promise<Acted> {
  const name = target.ownExternalIds?.[0] ?? null
  const id = commentId(api.site, name)
  if (id === null || name === null) return gone('This is no comment of the connected site.')
  const sent = await ask(
    api,
    { method: 'POST', route: `/wp/v2/comments/${id}`, json: { content: toHtml(text) } },
    true,
  )
  if (sent.answer === null) return sent.failure
  if (sent.answer.status !== 200) return actFailure(sent.answer)
  return { result: 'done', networkId: name, detail: 'changed' }
}

/** Into the trash, from which the site can take it back; for good where the site keeps no trash. */
export async function remove(api: Api, { target }: Command): Promise<Acted> {
  const names = target.ownExternalIds ?? []
  const [first] = names
  if (first === undefined) return gone('Nothing of ours is named.')
  for (const name of names) {
    const id = commentId(api.site, name)
    if (id === null) return gone('This is no comment of the connected site.')
    const failure = await removeOne(api, id)
    if (failure !== null) return failure
  }
  return { result: 'done', networkId: first, detail: 'deleted' }
}

async function removeOne(api: Api, id: number): Promise<Acted | null> {
  const route = `/wp/v2/comments/${id}`
  const sent = await ask(api, { method: 'DELETE', route }, true)
  const last =
    sent.answer?.status === 501
      ? await ask(api, { method: 'DELETE', route, query: { force: 'true' } }, true)
      : sent
  if (last.answer === null) return last.failure
  const { status } = last.answer
  // 404 and 410: it is gone already, which is what was asked.
  return status === 200 || status === 404 || status === 410 ? null : actFailure(last.answer)
}

/** What is known before anything is asked of the site. */
export function targetProblem(target: Target): string | null {
  if (target.isOptedOut === true) return 'this person does not want to hear from us here'
  if (target.isParentGone === true) return 'the comment is gone from the site'
  return target.parentExternalId === null ? 'there is no comment to answer' : null
}

function gone(detail: string): Acted {
  return { result: 'refused', error: 'target.gone', detail }
}

/** Nothing was sent yet, so a failure of the site is no doubt about the act. */
function notThere(answer: Answer): Acted {
  const failure = actFailure(answer)
  if (failure.result !== 'unknown') return failure
  return { result: 'refused', error: 'network.down', detail: failure.detail }
}

type Asked = { readonly answer: Answer } | { readonly answer: null; readonly failure: Acted }

/** What left and was never answered may have taken effect. */
async function ask(api: Api, asked: Parameters<typeof askApi>[1], writes: boolean): Promise<Asked> {
  try {
    return { answer: await askApi(api, asked) }
  } catch (error) {
    if (writes && !neverLeft(error)) {
      return { answer: null, failure: { result: 'unknown', detail: 'The site did not answer.' } }
    }
    const detail = 'The site cannot be reached.'
    return { answer: null, failure: { result: 'refused', error: 'network.down', detail } }
  }
}

const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])

function neverLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'EgressRefused' || ('code' in error && beforeSending.has(String(error.code)))
}
