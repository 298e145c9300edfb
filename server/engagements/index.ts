export type { Batch, BatchSettings, Edited, PassedDecision, Passing, Stage, Stages, Stored } from './batch.ts'
export { createDigestJob } from './digest.ts'
export { createImportJob, importJob } from './run-import.ts'
export { acceptWithin, createIngest, type Ingest, type Origin } from './ingest.ts'
