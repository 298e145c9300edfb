/**
 * Sample quantiles of type 7 (linear between order statistics at (n - 1) p), the default of R and NumPy.
 * R. J. Hyndman, Y. Fan, Sample quantiles in statistical packages (1996).
 */

/** `sorted` ascending, `p` within 0 to 1. Null where there is nothing to take it from. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError('p must lie between 0 and 1')
  const place = (sorted.length - 1) * p
  const index = Math.floor(place)
  const below = sorted[index]
  if (below === undefined) return null
  const above = sorted[index + 1] ?? below
  return below + (place - index) * (above - below)
}

/** Joins ascending arrays into one, in n log k. */
export function mergeSorted(arrays: readonly ArrayLike<number>[]): Float64Array {
  let round = arrays.map((array) => Float64Array.from(array))
  while (round.length > 1) {
    const next: Float64Array<ArrayBuffer>[] = []
    for (let i = 0; i < round.length; i += 2) {
      const [left, right] = [round[i], round[i + 1]]
      if (left) next.push(right ? mergeTwo(left, right) : left)
    }
    round = next
  }
  return round[0] ?? new Float64Array(0)
}

function mergeTwo(left: Float64Array, right: Float64Array): Float64Array<ArrayBuffer> {
  const merged = new Float64Array(left.length + right.length)
  let fromLeft = 0
  let fromRight = 0
  for (let i = 0; i < merged.length; i++) {
    const a = left[fromLeft] ?? Infinity
    const b = right[fromRight] ?? Infinity
    const takeLeft = fromRight >= right.length || (fromLeft < left.length && a <= b)
    merged[i] = takeLeft ? a : b
    if (takeLeft) fromLeft++
    else fromRight++
  }
  return merged
}
