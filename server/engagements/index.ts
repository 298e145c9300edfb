export type {
  Batch,
  BatchSettings,
  Echoes,
  GoneAuthor,
  PassedDecision,
  Passing,
  Stage,
  Stages,
} from './batch.ts'
export { createDigestJob } from './jobs-digest.ts'
export { createImportJob, importJob } from './jobs-import.ts'
export { acceptWithin, createIngest, queueOf, type Ingest } from './ingest.ts'
export { ingestRoute } from './routes-ingest.ts'
export { importStreams } from './routes-import.ts'
export { engagementById, engagementColumns, readingsOf, toEngagement, type EngagementRow } from './views.ts'
export { addOwnAnswer } from './store-answer.ts'
export { nameOwn } from './commands-names.ts'
export { changeOwnText, tombstoneOwn } from './commands-own.ts'
export { findByExternal } from './store-threads.ts'
export type { QueuedArrival } from './store-queue.ts'
export { findImport, startImport } from './commands.ts'
export { noteAbsences } from './commands-gone.ts'
export { namesOf } from './store-erase.ts'
export { goneName } from './gone-author.ts'
export { digestJob } from './digest-job.ts'
export { FollowPayload, followJob } from './follow-job.ts'
export { detectFormat } from './formats/detect-format.ts'
export { setReading } from './store-changes.ts'
