/**
 * Score interval of a proportion.
 * E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
 */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** The 97.5 % point of the normal distribution: two-sided 95 %. */
export const Z_95 = 1.959963984540054

/** `n` of 0 says nothing: the interval is then 0 to 1. Throws a RangeError unless 0 <= successes <= n. */
export function wilsonInterval(successes: number, n: number, z: number = Z_95): Interval {
  if (!(successes >= 0 && successes <= n)) throw new RangeError('successes must lie between 0 and n')
  if (n === 0) return { low: 0, high: 1 }
  const share = successes / n
  const spread = z * z
  const centre = (share + spread / (2 * n)) / (1 + spread / n)
  const half = (z / (1 + spread / n)) * Math.sqrt((share * (1 - share)) / n + spread / (4 * n * n))
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  }
}
