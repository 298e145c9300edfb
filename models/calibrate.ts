/** Temperature scaling (Guo et al. 2017): one number by which scores are divided, found on held-out texts. */

export interface Judged {
  /** One score for each class. */
  readonly scores: readonly number[]
  readonly target: number
  readonly weight: number
}

const LOWEST = 0.3
const HIGHEST = 5
const ROUNDS = 40

/** The temperature with the lowest log loss, by golden-section search. */
export function bestTemperature(judged: readonly Judged[]): number {
  const share = (Math.sqrt(5) - 1) / 2
  let low = LOWEST
  let high = HIGHEST
  for (let round = 0; round < ROUNDS; round++) {
    const left = high - (high - low) * share
    const right = low + (high - low) * share
    if (logLoss(judged, left) < logLoss(judged, right)) high = right
    else low = left
  }
  return Math.round(((low + high) / 2) * 1000) / 1000
}

export function logLoss(judged: readonly Judged[], temperature: number): number {
  let loss = 0
  let weight = 0
  for (const one of judged) {
    loss -= one.weight * Math.log(probabilityOf(one.scores, one.target, temperature))
    weight += one.weight
  }
  return loss / weight
}

export function probabilityOf(scores: readonly number[], target: number, temperature: number): number {
  const top = Math.max(...scores)
  const grown = scores.map((score) => Math.exp((score - top) / temperature))
  const sum = grown.reduce((total, one) => total + one, 0)
  return (grown[target] ?? 0) / sum
}

/** Mean distance between stated probability and share right, over ten bands (expected calibration error). */
export function calibrationError(
  answers: readonly { readonly probability: number; readonly isRight: boolean }[],
): number {
  let error = 0
  for (let band = 0; band < 10; band++) {
    const inside = answers.filter((one) => Math.min(9, Math.floor(one.probability * 10)) === band)
    if (inside.length === 0) continue
    const stated = inside.reduce((sum, one) => sum + one.probability, 0) / inside.length
    const right = inside.filter((one) => one.isRight).length / inside.length
    error += (inside.length / answers.length) * Math.abs(stated - right)
  }
  return error
}
