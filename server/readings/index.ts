export { applyEditedReadings, readStage, type ReadText } from './read-batch.ts'
