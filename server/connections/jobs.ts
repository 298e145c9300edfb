import type { Job } from '../platform/jobs/jobs.ts'
import { normaliseConnection } from './commands-normalise.ts'
import type { ConnectionParts } from './connection.ts'
import { ForgetFilesPayload, forgetFilesJob, NormalisePayload, normaliseJob } from './jobs-names.ts'

export function createNormaliseJob(parts: ConnectionParts): Job<NormalisePayload> {
  return {
    ...normaliseJob,
    payload: NormalisePayload,
    run: (payload) => normaliseConnection(parts, payload),
  }
}

export function createForgetFilesJob({ platform }: ConnectionParts): Job<ForgetFilesPayload> {
  return {
    ...forgetFilesJob,
    payload: ForgetFilesPayload,
    async run({ fileIds }) {
      for (const id of fileIds) await platform.files.remove(`attachments/${id}`)
    },
  }
}
