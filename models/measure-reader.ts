import { createReader } from '../server/readings/create-reader.ts'
import type { Weights } from '../server/readings/weights-file.ts'
import { calibrationError } from './calibrate.ts'
import type { Example } from './examples.ts'
import { measureClasses } from './measure-classes.ts'
import type { ClassScores } from './measure-classes.ts'
import { measureLabels } from './measure-labels.ts'
import type { LabelScore } from './measure-labels.ts'

export interface ReaderScores {
  readonly sentiment: ClassScores
  readonly calibrationError: number
  /** Share of texts on which the reader does not abstain, and its accuracy there. */
  readonly kept: number
  readonly accuracyKept: number
  readonly labels: readonly LabelScore[]
}

/** The reader as it ships, on texts it was not trained on. */
export function measureReader(weights: Weights, examples: readonly Example[]): ReaderScores {
  const read = createReader(weights)
  const readings = examples.map((example) => read(example.text))
  const truth = examples.map((example) => example.sentiment)
  const answers = readings.map((reading, i) => ({
    probability: reading.probability,
    isRight: reading.sentiment === truth[i],
    isKept: !reading.abstain,
  }))
  const kept = answers.filter((answer) => answer.isKept)
  return {
    sentiment: measureClasses(
      truth,
      readings.map((reading) => reading.sentiment),
    ),
    calibrationError: calibrationError(answers),
    kept: kept.length / answers.length,
    accuracyKept: kept.filter((answer) => answer.isRight).length / kept.length,
    labels: measureLabels(read),
  }
}
