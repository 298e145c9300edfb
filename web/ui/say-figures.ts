/** A share as percent by the locale: "84.7 %" style of the reader; a dash where there is none. */
export function sayShare(share: number | null, digits = 1): string {
  if (share === null || !Number.isFinite(share)) return '–'
  return new Intl.NumberFormat(undefined, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share)
}

export function sayCount(count: number): string {
  return new Intl.NumberFormat(undefined).format(count)
}

/** "82.6–86.6%" of a 95 % interval, the sign once. */
export function sayInterval(interval: { readonly low: number; readonly high: number } | null): string {
  if (interval === null) return ''
  return `${(interval.low * 100).toFixed(1)}–${sayShare(interval.high)}`
}

/** Below this many, a share is said together with a warning. */
export const smallSample = 30

/** What must be said beside a figure of few records; undefined where there are enough. */
export function smallSampleWords(n: number): string | undefined {
  if (n === 0) return 'Nothing to measure yet.'
  if (n < smallSample) return `Only ${n}: too few to be sure, read it as a hint.`
  return undefined
}

/** "1 turn", "1,227 turns". */
export function plural(count: number, one: string, many: string): string {
  return `${sayCount(count)} ${count === 1 ? one : many}`
}
