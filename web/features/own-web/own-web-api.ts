import type { contract } from '../../../contract/index.ts'
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'

type Inputs = InferContractRouterInputs<typeof contract.ownWeb>
type Outputs = InferContractRouterOutputs<typeof contract.ownWeb>

/** A refusal in words for a person outside. */
export class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The six public endpoints by plain requests, as these pages must stay small. */
export const ownWebApi = {
  form: (workspace: string) => ask<Outputs['form']>(`/${encodeURIComponent(workspace)}/form`),
  start: ({ workspace, ...body }: Inputs['start']) =>
    ask<Outputs['start']>(`/${encodeURIComponent(workspace)}/conversations`, body),
  read: (token: string) => ask<Outputs['read']>(`/conversations/${encodeURIComponent(token)}`),
  write: ({ token, ...body }: Inputs['write']) =>
    ask<Outputs['write']>(`/conversations/${encodeURIComponent(token)}/messages`, body),
  sendFile: async (token: string, file: File) => {
    const facts = new URLSearchParams({ name: file.name, type: file.type, key: crypto.randomUUID() })
    const path = `/conversations/${encodeURIComponent(token)}/files?${facts}`
    return receive<{ done: true }>(path, { method: 'POST', body: file })
  },
  readSurvey: (token: string) => ask<Outputs['readSurvey']>(`/surveys/${encodeURIComponent(token)}`),
  answerSurvey: ({ token, ...body }: Inputs['answerSurvey']) =>
    ask<Outputs['answerSurvey']>(`/surveys/${encodeURIComponent(token)}`, body),
}

const said: Readonly<Record<number, string>> = {
  404: 'This page does not exist, or the link is incomplete.',
  413: 'This file is too large. At most 10 MB, please.',
  415: 'Files of this kind are not taken here.',
  410: 'This link is no longer valid.',
  422: 'Something in this message could not be accepted. Please check it.',
  429: 'That was a little fast. Please wait a minute and try again.',
  503: 'We are not ready for a moment. Please try again shortly.',
}

async function ask<Output>(path: string, body?: unknown): Promise<Output> {
  const init: RequestInit =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return receive(path, init)
}

async function receive<Output>(path: string, init: RequestInit): Promise<Output> {
  let response: Response
  try {
    response = await fetch(`/api/v1/public${path}`, { ...init, credentials: 'omit' })
  } catch {
    throw new Refused(0, 'The connection was lost. What you wrote is still here; please try again.')
  }
  if (!response.ok)
    throw new Refused(response.status, said[response.status] ?? 'That did not work. Please try again.')
  return (await response.json()) as Output
}

export function sayFailure(error: unknown): string {
  return error instanceof Error ? error.message : 'That did not work. Please try again.'
}
