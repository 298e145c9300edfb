import type { LinearHead } from '../server/readings/weights-file.ts'
import { bestTemperature } from './calibrate.ts'
import { rowOf, rowWidth, withoutRare } from './feature-rows.ts'
import { fitSoftmax } from './fit-softmax.ts'
import { headScores } from './head-scores.ts'
import { packHead } from './pack-head.ts'
import type { AskedExample } from './question-examples.ts'

const BITS = 16
const LEAST_ROWS = 3
const HELD_OUT_EVERY = 20
const FIT = { epochs: 5, rate: 0.1, penalty: 1e-3, caution: 0.1 }

export function trainQuestion(examples: readonly AskedExample[], random: () => number): LinearHead {
  const learned = examples.filter((_, i) => i % HELD_OUT_EVERY !== 0)
  const heldOut = examples.filter((_, i) => i % HELD_OUT_EVERY === 0)
  const rows = withoutRare(
    learned.map((example) => rowOf(example.text, BITS)),
    BITS,
    LEAST_ROWS,
  )
  const weights = fitSoftmax(
    {
      rows,
      targets: learned.map((example) => (example.isQuestion ? 1 : 0)),
      weights: learned.map((example) => example.weight),
      classes: 2,
      width: rowWidth(BITS),
      freeFrom: 2 ** BITS,
    },
    { ...FIT, random },
  )
  const head = packHead({ weights, classes: 2, reference: 0, bits: BITS })
  const judged = heldOut.map((example) => ({
    scores: [0, headScores(head, example.text)[0] ?? 0],
    target: example.isQuestion ? 1 : 0,
    weight: example.weight,
  }))
  return { ...head, temperature: bestTemperature(judged) }
}
