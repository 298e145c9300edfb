/**
 * Multinomial logistic regression on sparse rows: lowers
 *   sum_i weight_i * -log softmax(W x_i)[class_i]  +  penalty on |W|^2
 * by stochastic steps with AdaGrad's step lengths (Duchi, Hazan, Singer 2011). The penalty is felt by
 * a weight whenever its feature is seen, so that frequent features are held more firmly.
 */
export interface Row {
  readonly columns: Int32Array
  readonly values: Float32Array
}

export interface Problem {
  readonly rows: readonly Row[]
  /** Class of each row. */
  readonly targets: readonly number[]
  /** How much each row counts. */
  readonly weights: readonly number[]
  readonly classes: number
  /** Columns of a row lie below this. */
  readonly width: number
  /** Columns from here on are few and in every row: they are not penalised. */
  readonly freeFrom: number
}

export interface FitOptions {
  readonly epochs: number
  readonly rate: number
  readonly penalty: number
  /** Where the steps start, so that rare features do not leap. */
  readonly caution: number
  /** 0 to 1, the same row of numbers for the same seed. */
  readonly random: () => number
}

/** Weights by column, then class: `result[column * classes + class]`. */
export function fitSoftmax(problem: Problem, options: FitOptions): Float64Array {
  const weights = new Float64Array(problem.width * problem.classes)
  const travelled = new Float64Array(weights.length).fill(options.caution)
  const order = problem.rows.map((_, i) => i)
  const errors = new Float64Array(problem.classes)
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, options.random)
    for (const i of order) {
      const row = problem.rows[i]
      if (!row) continue
      scoreRow(row, weights, errors)
      softmaxInPlace(errors)
      const target = problem.targets[i] ?? 0
      errors[target] = (errors[target] ?? 0) - 1
      step(
        row,
        { weights, travelled, errors },
        { weight: problem.weights[i] ?? 0, freeFrom: problem.freeFrom },
        options,
      )
    }
  }
  return weights
}

interface State {
  readonly weights: Float64Array
  readonly travelled: Float64Array
  readonly errors: Float64Array
}

interface Held {
  readonly weight: number
  readonly freeFrom: number
}

function step(row: Row, state: State, held: Held, options: FitOptions): void {
  const { weights, travelled, errors } = state
  const classes = errors.length
  for (let i = 0; i < row.columns.length; i++) {
    const column = row.columns[i] ?? 0
    const value = row.values[i] ?? 0
    const penalty = column < held.freeFrom ? options.penalty : 0
    for (let c = 0; c < classes; c++) {
      const at = column * classes + c
      const slope = held.weight * ((errors[c] ?? 0) * value + penalty * (weights[at] ?? 0))
      const sum = (travelled[at] ?? 0) + slope * slope
      travelled[at] = sum
      weights[at] = (weights[at] ?? 0) - (options.rate * slope) / Math.sqrt(sum)
    }
  }
}

/** Writes the score of each class into `scores`. */
export function scoreRow(row: Row, weights: Float64Array, scores: Float64Array): void {
  scores.fill(0)
  const classes = scores.length
  for (let i = 0; i < row.columns.length; i++) {
    const base = (row.columns[i] ?? 0) * classes
    const value = row.values[i] ?? 0
    for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + (weights[base + c] ?? 0) * value
  }
}

function softmaxInPlace(scores: Float64Array): void {
  const top = Math.max(...scores)
  let sum = 0
  for (let c = 0; c < scores.length; c++) {
    const grown = Math.exp((scores[c] ?? 0) - top)
    scores[c] = grown
    sum += grown
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = kept
  }
}
