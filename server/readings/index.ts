export { applyEditedReadings, readStages, type ReadText } from './commands-read.ts'
