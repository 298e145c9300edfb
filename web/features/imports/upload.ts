import type { ImportFormat } from '../../../contract/engagements.ts'
import { workspaceHeaders } from '../../api.ts'

export interface UploadOptions {
  readonly format: ImportFormat
  /** Handles and addresses of ours, parted by commas: what they wrote is outgoing. */
  readonly own: string
}

export interface Upload {
  readonly done: Promise<string | undefined>
  cancel(): void
}

/**
 * Streams a file from disk to the server, never as a whole through memory. Resolves with the id of the run, or
 * undefined where it was cancelled; rejects with words for people.
 */
export function upload(file: File, options: UploadOptions, onProgress: (share: number) => void): Upload {
  // Of all ways to send, this one alone tells how far it is.
  const request = new XMLHttpRequest()
  const own = options.own
    .split(',')
    .map((handle) => handle.trim().replace(/^@/, ''))
    .filter(Boolean)
  const query = new URLSearchParams({ format: options.format, name: file.name })
  if (own.length > 0) query.set('own', own.join(','))
  const done = new Promise<string | undefined>((resolve, reject) => {
    request.open('POST', `/api/v1/imports?${query}`)
    for (const [name, value] of Object.entries(workspaceHeaders())) request.setRequestHeader(name, value)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', (event) =>
      onProgress(event.loaded / Math.max(1, event.total)),
    )
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(readId(request.responseText))
      else reject(new Error(readReason(request.responseText, request.status)))
    })
    request.addEventListener('error', () =>
      reject(new Error('The connection was lost. Nothing is half done: send the file again.')),
    )
    request.addEventListener('abort', () => resolve(undefined))
    request.send(file)
  })
  return { done, cancel: () => request.abort() }
}

function readId(body: string): string | undefined {
  const answer = readJson(body)
  return typeof answer['id'] === 'string' ? answer['id'] : undefined
}

function readReason(body: string, status: number): string {
  const { message, data } = readJson(body)
  const hint = typeof data === 'object' && data !== null && 'hint' in data ? String(data.hint) : ''
  const said = typeof message === 'string' ? message : `The server refused the file (${status}).`
  return [said, hint].filter(Boolean).join(' ')
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
