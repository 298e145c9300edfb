import type { UploadedFile } from '../../../contract/media.ts'
import { workspaceHeaders } from '../../api.ts'
import { fileWords } from './words.ts'

export interface Upload {
  readonly done: Promise<UploadedFile>
  cancel(): void
}

/** Gives a file to the server, to be sent with something later. Rejects with words for people. */
export function uploadFile(file: File, onProgress: (share: number) => void): Upload {
  // Of all ways to send, this one alone tells how far it is.
  const request = new XMLHttpRequest()
  const query = new URLSearchParams({ name: file.name, type: file.type })
  const done = new Promise<UploadedFile>((resolve, reject) => {
    request.open('POST', `/api/v1/files?${query}`)
    for (const [name, value] of Object.entries(workspaceHeaders())) request.setRequestHeader(name, value)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.addEventListener('progress', (event) =>
      onProgress(event.loaded / Math.max(1, event.total)),
    )
    request.addEventListener('load', () => {
      const answer = readJson(request.responseText)
      if (request.status < 300 && isUploaded(answer)) resolve(answer)
      else reject(new Error(reasonIn(answer) ?? fileWords.refused(file.name)))
    })
    request.addEventListener('error', () => reject(new Error(fileWords.lost)))
    request.send(file)
  })
  return { done, cancel: () => request.abort() }
}

function isUploaded(answer: unknown): answer is UploadedFile {
  return typeof answer === 'object' && answer !== null && 'id' in answer && 'mediaType' in answer
}

function reasonIn(answer: unknown): string | null {
  const message: unknown =
    typeof answer === 'object' && answer !== null && 'message' in answer ? answer.message : null
  return typeof message === 'string' ? message : null
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
