export type { Batch, BatchSettings, Edited, PassedDecision, Passing, Stage, Stages, Stored } from './batch.ts'
export { createDigestJob } from './digest.ts'
export { createIngest, type Ingest, type Origin } from './ingest.ts'
