// Whole numbers packed into bytes, the highest byte first, all of one width: how roll-ups keep waits and sets. Loops go
// by index, as half a million values are read for one report.

/** `width` bytes each, at most six; those of all `parts` one after another. A rest that is no whole number is left out. */
export function unpackIntegers(parts: readonly Uint8Array[], width: number): Float64Array {
  const counts = parts.map((bytes) => Math.floor(bytes.length / width))
  const values = new Float64Array(counts.reduce((sum, count) => sum + count, 0))
  let filled = 0
  for (const bytes of parts) {
    const end = bytes.length - (bytes.length % width)
    for (let place = 0; place < end;) {
      let value = 0
      for (const last = place + width; place < last; place++) value = value * 256 + (bytes[place] ?? 0)
      values[filled++] = value
    }
  }
  return values
}

/** How many different numbers of four bytes the sets hold together. Numbers are small: they are given one after another. */
export function countTogether(sets: readonly Uint8Array[]): number {
  const numbers = unpackIntegers(sets, 4)
  let highest = 0
  for (let i = 0; i < numbers.length; i++) highest = Math.max(highest, numbers[i] ?? 0)
  const seen = new Uint8Array(highest + 1)
  let count = 0
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] ?? 0
    if (seen[number] === 1) continue
    seen[number] = 1
    count++
  }
  return count
}
