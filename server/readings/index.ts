export { applyEditedReadings, readStage, type ReadText } from './commands-read.ts'
