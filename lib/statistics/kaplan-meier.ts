/**
 * Product-limit estimate of a waiting time where some still wait (right-censored).
 * S(t) = product over event times u <= t of (1 - d/n); who is censored at u still counts at risk at u.
 * E. L. Kaplan, P. Meier (1958). Interval of the median: R. Brookmeyer, J. Crowley (1982), on the log(-log S)
 * scale with Greenwood's variance. Median and limits where a curve lies exactly on one half: the middle of
 * that step, as R's survfit does, so that without censoring the median is the ordinary one.
 */
import { Z_95, type Interval } from './wilson.ts'

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
  const middle = halfCrossing()
  const low = halfCrossing()
  const high = halfCrossing()
  walkSteps(events, censored, (step) => {
    const limits = logLogLimits(step.survival, step.greenwood, z)
    middle.see(step.time, step.survival)
    low.see(step.time, limits.low)
    high.see(step.time, limits.high)
    return !(middle.isDone() && low.isDone() && high.isDone())
  })
  return { median: middle.time(), low: low.time(), high: high.time() }
}

interface MutableStep {
  time: number
  atRisk: number
  events: number
  survival: number
  greenwood: number
}

/** Visits one step per distinct event time, always with the same object; ends early when told `false`. */
function walkSteps(
  events: ArrayLike<number>,
  censored: ArrayLike<number>,
  visit: (step: MutableStep) => boolean,
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

/** NaN where the scale ends: at a survival of 0 or 1 nothing can be said. */
function logLogLimits(survival: number, greenwood: number, z: number): Interval {
  if (survival <= 0 || survival >= 1) return { low: Number.NaN, high: Number.NaN }
  const log = Math.log(survival)
  const shift = (z * Math.sqrt(greenwood)) / -log
  return { low: Math.exp(log * Math.exp(shift)), high: Math.exp(log * Math.exp(-shift)) }
}

interface HalfCrossing {
  readonly see: (time: number, value: number) => void
  readonly isDone: () => boolean
  readonly time: () => number | null
}

/** Watches a falling curve for the time at which it reaches one half; a flat step at one half is halved. */
function halfCrossing(): HalfCrossing {
  const tolerance = 1e-9
  let reached: number | null = null
  let done = false
  function see(time: number, value: number): void {
    if (done || Number.isNaN(value)) return
    if (reached !== null) {
      reached = (reached + time) / 2
      done = true
      return
    }
    if (value > 0.5 + tolerance) return
    reached = time
    done = value < 0.5 - tolerance
  }
  return { see, isDone: () => done, time: () => reached }
}
