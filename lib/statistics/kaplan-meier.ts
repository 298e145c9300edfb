/**
 * Product-limit estimate of a waiting time where some still wait (right-censored).
 * S(t) = product over event times u <= t of (1 - d/n); who is censored at u still counts at risk at u.
 * E. L. Kaplan, P. Meier (1958). Where the curve lies exactly on one half the median is the middle of that
 * step, as in R's survfit, so that without censoring it is the ordinary median. Its interval: the times at
 * which the limits of the curve, on the log(-log S) scale with Greenwood's variance, reach one half.
 * R. Brookmeyer, J. Crowley (1982).
 */
import { Z_95 } from './wilson.ts'

export interface SurvivalStep {
  readonly time: number
  readonly atRisk: number
  readonly events: number
  /** Share still waiting after `time`. */
  readonly survival: number
  /** Greenwood's sum of d / (n (n - d)); infinite once nobody is left. */
  readonly greenwood: number
}

export interface MedianWait {
  /** Null where fewer than half are known to have ended. */
  readonly median: number | null
  /** A limit is null where its curve never comes down to one half. */
  readonly low: number | null
  readonly high: number | null
}

/** Both arrays ascending and free of NaN. One step per distinct event time. */
export function survivalSteps(events: ArrayLike<number>, censored: ArrayLike<number>): SurvivalStep[] {
  const steps: SurvivalStep[] = []
  walkSteps(events, censored, (step) => {
    steps.push({ ...step })
    return true
  })
  return steps
}

/** Both arrays ascending and free of NaN. */
export function medianWait(
  events: ArrayLike<number>,
  censored: ArrayLike<number>,
  z: number = Z_95,
): MedianWait {
  let onHalf: number | null = null
  let median: number | null = null
  let low: number | null = null
  let high: number | null = null
  walkSteps(events, censored, (step) => {
    if (onHalf !== null && median === null) median = onHalf + (step.time - onHalf) / 2
    if (low === null && isLowLimitDown(step, z)) low = step.time
    if (step.survival > 0.5 + TOLERANCE) return true
    if (high === null && isHighLimitDown(step, z)) high = step.time
    if (median === null && step.survival < 0.5 - TOLERANCE) median = step.time
    else onHalf ??= step.time
    return median === null || high === null || low === null
  })
  return { median: median ?? onHalf, low, high }
}

const TOLERANCE = 1e-9
const HALF = Math.log(Math.log(2))

/** The lower limit of the curve has reached one half; at a survival of 0 nothing can be said. */
function isLowLimitDown({ survival, greenwood }: SurvivalStep, z: number): boolean {
  if (survival <= 0) return false
  // 1 - S <= -log S <= (1 - S) / S and log x <= x - 1: far above one half no logarithm is needed.
  const gone = 1 - survival
  if (gone / (survival * Math.LN2) - 1 + (z * Math.sqrt(greenwood)) / gone < 0) return false
  const hazard = -Math.log(survival)
  return Math.log(hazard) + (z * Math.sqrt(greenwood)) / hazard >= HALF
}

function isHighLimitDown({ survival, greenwood }: SurvivalStep, z: number): boolean {
  if (survival <= 0) return false
  const hazard = -Math.log(survival)
  return Math.log(hazard) - (z * Math.sqrt(greenwood)) / hazard >= HALF
}

type MutableStep = { -readonly [Key in keyof SurvivalStep]: SurvivalStep[Key] }

/** Visits one step per distinct event time, always with the same object; ends early when told `false`. */
function walkSteps(
  events: ArrayLike<number>,
  censored: ArrayLike<number>,
  visit: (step: SurvivalStep) => boolean,
): void {
  const step: MutableStep = { time: 0, atRisk: 0, events: 0, survival: 1, greenwood: 0 }
  const total = events.length + censored.length
  let gone = 0
  let left = 0
  while (gone < events.length) {
    step.time = events[gone] ?? 0
    while (left < censored.length && (censored[left] ?? 0) < step.time) left++
    let last = gone + 1
    while (last < events.length && events[last] === step.time) last++
    step.atRisk = total - gone - left
    step.events = last - gone
    step.survival *= 1 - step.events / step.atRisk
    step.greenwood += step.events / (step.atRisk * (step.atRisk - step.events))
    gone = last
    if (!visit(step)) return
  }
}
