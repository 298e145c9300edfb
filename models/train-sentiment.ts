import type { LinearHead } from '../server/readings/weights-file.ts'
import { SHAPE_NAMES } from '../server/readings/shape-features.ts'
import { bestTemperature } from './calibrate.ts'
import type { Example } from './examples.ts'
import { rowOf, rowWidth, shapeRowOf, withoutRare } from './feature-rows.ts'
import { fitSoftmax } from './fit-softmax.ts'
import type { Problem, Row } from './fit-softmax.ts'
import { packHead } from './pack-head.ts'
import { headScores } from './head-scores.ts'

const BITS = 18
const CLASSES = ['negative', 'neutral', 'positive'] as const
const NEUTRAL = 1
const LEAST_ROWS = 2
const ORDERS = 3
const OVERLOOKED = 0.5
/** An unhappy customer overlooked is worse than a calm one taken for unhappy. */
const NEGATIVE_COUNTS = 1.25
const FIT = { epochs: 6, rate: 0.1, penalty: 1e-3, caution: 0.1 }

export interface Prepared {
  readonly example: Example
  readonly row: Row
}

/** Ready for the large head. */
export function prepareEnglish(examples: readonly Example[]): readonly Prepared[] {
  const rows = withoutRare(
    examples.map((example) => rowOf(example.text, BITS)),
    BITS,
    LEAST_ROWS,
  )
  return together(examples, rows)
}

/**
 * Ready for the head that knows word lists and shape only, for languages whose words no training text
 * shows. Half of the listed words of the English texts are overlooked, since the other lists are shorter.
 */
export function prepareForeign(examples: readonly Example[], random: () => number): readonly Prepared[] {
  return together(
    examples,
    examples.map((example) => shapeRowOf(example.text, () => random() < OVERLOOKED)),
  )
}

function together(examples: readonly Example[], rows: readonly Row[]): readonly Prepared[] {
  return examples.flatMap((example, i) => {
    const row = rows[i]
    return row ? [{ example, row }] : []
  })
}

export function trainEnglish(learned: readonly Prepared[], random: () => number): LinearHead {
  return trainHead(learned, BITS, random)
}

export function trainForeign(learned: readonly Prepared[], random: () => number): LinearHead {
  return trainHead(learned, 0, random)
}

/**
 * Classes count alike, however often each occurs: what is measured is the mean of their recalls. The
 * head is the mean of several, each from another order of the texts, which is steadier than one.
 */
function trainHead(learned: readonly Prepared[], bits: number, random: () => number): LinearHead {
  const balance = classBalance(learned.map(({ example }) => example))
  const problem: Problem = {
    rows: learned.map(({ row }) => row),
    targets: learned.map(({ example }) => CLASSES.indexOf(example.sentiment)),
    weights: learned.map(({ example }) => {
      const counts = example.sentiment === 'negative' ? NEGATIVE_COUNTS : 1
      return example.weight * (balance.get(example.sentiment) ?? 1) * counts
    }),
    classes: CLASSES.length,
    width: rowWidth(bits),
    freeFrom: 2 ** bits,
  }
  const weights = new Float64Array(problem.width * problem.classes)
  for (let order = 0; order < ORDERS; order++) {
    const one = fitSoftmax(problem, { ...FIT, random })
    for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] ?? 0) + (one[i] ?? 0) / ORDERS
  }
  return withEmojiOfKin(packHead({ weights, classes: CLASSES.length, reference: NEUTRAL, bits }))
}

/** The temperature of a head that did not see these texts. */
export function temperatureOn(head: LinearHead, heldOut: readonly Example[]): number {
  const balance = classBalance(heldOut)
  return bestTemperature(
    heldOut.map((example) => {
      const [negative = 0, positive = 0] = headScores(head, example.text)
      return {
        scores: [negative, 0, positive],
        target: CLASSES.indexOf(example.sentiment),
        weight: balance.get(example.sentiment) ?? 1,
      }
    }),
  )
}

function classBalance(examples: readonly Example[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const { sentiment, weight } of examples) sums.set(sentiment, (sums.get(sentiment) ?? 0) + weight)
  const whole = [...sums.values()].reduce((sum, one) => sum + one, 0)
  return new Map([...sums].map(([name, sum]) => [name, whole / sums.size / sum]))
}

/**
 * The tweets have emoticons but no emoji (their publishers dropped them), so moods that only emoji
 * show would weigh nothing. They take a share of the weight of the nearest mood or word group.
 */
const KIN: readonly (readonly [string, string, number])[] = [
  ['angry emoji', 'sad emoji', 1],
  ['doubting emoji', 'sad emoji', 0.3],
  ['thanking emoji', 'thanks words', 0.5],
  ['laughing emoji', 'glad emoji', 0.25],
  ['calling emoji', 'sad emoji', 0.15],
]

function withEmojiOfKin(head: LinearHead): LinearHead {
  const shape = head.shape.map((row, i) => {
    const kin = KIN.find(([name]) => name === SHAPE_NAMES[i])
    if (!kin) return row
    const source = head.shape[SHAPE_NAMES.indexOf(kin[1])] ?? []
    return source.map((weight) => Math.round(weight * kin[2] * 1e4) / 1e4)
  })
  return { ...head, shape }
}
