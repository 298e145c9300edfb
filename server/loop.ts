import { channelsOf, connectionPartsOf } from './channels.ts'
import { createAssignJob, openCases, refreshTouchedCases } from './cases/index.ts'
import {
  createForgetFilesJob,
  createNormaliseJob,
  createReceiveJob,
  createWatchJob,
  forgetDeleted,
  openConnections,
  sampleLags,
} from './connections/index.ts'
import { decideBatch } from './decisions/index.ts'
import { createDigestJob, createImportJob, type Batch, type Stages } from './engagements/index.ts'
import { forgetGone, recognise } from './people/index.ts'
import { createFollowJob, createRollUpJob, refreshTurns } from './outcomes/index.ts'
import { createTidyJob } from './platform/auth/jobs-tidy.ts'
import type { Clock } from './platform/clock.ts'
import { runnable, type RunnableJob } from './platform/jobs/jobs.ts'
import type { Platform } from './platform/platform.ts'
import { loadReader } from './readings/read-text.ts'
import { applyEditedReadings, readStages, type ReadText } from './readings/index.ts'
import { createSurveyJob } from './outcomes/surveys/jobs.ts'
import {
  createAskByMailJob,
  createForgetUploadsJob,
  createMailAnswerJob,
  createSendJob,
  createSweepJob,
  sortEchoes,
  type Connections,
} from './replies/index.ts'
import { answerHooks } from './hooks.ts'
import { workspaceSettings } from './workspace/index.ts'

/** The loop in the order in which it runs: capture, recognise, read, decide, respond, follow. */
function loopStages(readText: ReadText, clock: Clock): Stages {
  return {
    sortEchoes,
    recognise,
    ...readStages(readText),
    decide: decideBatch,
    openCases,
    async follow(batch: Batch) {
      await applyEditedReadings(batch)
      await refreshTouchedCases(batch)
      await refreshTurns(batch)
      await forgetGone(batch)
      await forgetDeleted(batch)
      const told = batch.passing.filter(({ importId, memberId }) => importId === null && memberId === null)
      await sampleLags(
        batch.db,
        batch.workspaceId,
        told.map(({ input }) => input),
        new Date(clock.now()),
      )
    },
  }
}

/** All background work; answers leave through the connections. */
export function loopJobs(platform: Platform, connections?: Connections): readonly RunnableJob[] {
  const stages = loopStages(loadReader(), platform.clock)
  const settingsOf = workspaceSettings
  const parts = connectionPartsOf(platform)
  const outbox = {
    platform,
    channels: channelsOf(platform),
    connections: connections ?? openConnections(parts),
    chance: Math.random,
  }
  return [
    runnable(createNormaliseJob(parts)),
    runnable(createReceiveJob(parts)),
    runnable(createForgetFilesJob(parts)),
    runnable(createWatchJob(parts)),
    runnable(createDigestJob({ platform, stages, settingsOf })),
    runnable(createImportJob(platform)),
    runnable(createAssignJob(platform)),
    runnable(createSendJob(outbox)),
    runnable(createSweepJob(outbox)),
    runnable(createForgetUploadsJob(platform)),
    runnable(createAskByMailJob(outbox)),
    runnable(createMailAnswerJob({ ...outbox, hooks: answerHooks })),
    runnable(createSurveyJob(platform)),
    runnable(createRollUpJob(platform)),
    runnable(createTidyJob(platform.auth)),
    runnable(createFollowJob(platform)),
  ]
}
