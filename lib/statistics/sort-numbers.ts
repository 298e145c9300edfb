/**
 * Ascending sort of floating point numbers. Most of many are thousandths, such as seconds taken from timestamps: those
 * become integers of 32 bits and are sorted by radix, four times as fast; the others are sorted as they are.
 */

import { letGo } from '../let-go.ts'

const FEW = 5000
const HIGHEST = 0xffffffff

/** A sorted copy; input without NaN. */
export function sortNumbers(values: ArrayLike<number>): Float64Array {
  if (values.length < FEW) return Float64Array.from(values).sort()
  const { keys, others } = split(values)
  const sorted = radixSort(keys)
  const merged = merge(sorted, others.sort())
  letGo(sorted)
  letGo(others)
  return merged
}

/** Values that are exactly an integer below 2^32 divided by a thousand, times a thousand; and all others. */
function split(values: ArrayLike<number>): { keys: Uint32Array; others: Float64Array } {
  const keys = new Uint32Array(values.length)
  const others = new Float64Array(values.length)
  let kept = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0
    const key = Math.round(value * 1000)
    if (key >= 0 && key <= HIGHEST && key / 1000 === value) keys[kept++] = key
    else others[i - kept] = value
  }
  return { keys: keys.subarray(0, kept), others: others.subarray(0, values.length - kept) }
}

function merge(keys: Uint32Array, others: Float64Array): Float64Array {
  const merged = new Float64Array(keys.length + others.length)
  let next = 0
  for (let i = 0; i < merged.length; i++) {
    const other = others[i - next] ?? Infinity
    const value = (keys[next] ?? 0) / 1000
    const isKey = next < keys.length && (i - next >= others.length || value <= other)
    merged[i] = isKey ? value : other
    if (isKey) next++
  }
  return merged
}

/** By digits of 11, 11 and 10 bits, the least significant first. */
function radixSort(keys: Uint32Array): Uint32Array {
  const first = moveByDigit(keys, new Uint32Array(keys.length), 0)
  const second = moveByDigit(first, keys, 11)
  const third = moveByDigit(second, first, 22)
  letGo(second)
  return third
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
