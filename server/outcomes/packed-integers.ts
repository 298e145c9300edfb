// Whole numbers packed into bytes, the highest byte first, all of one width: how roll-ups keep waits and sets.

/** `width` bytes each, at most six. A rest that is no whole number is left out. */
export function unpackIntegers(bytes: Uint8Array, width: number): Float64Array {
  const values = new Float64Array(Math.floor(bytes.length / width))
  let place = 0
  for (let i = 0; i < values.length; i++) {
    let value = 0
    for (let digit = 0; digit < width; digit++) value = value * 256 + (bytes[place++] ?? 0)
    values[i] = value
  }
  return values
}

const setWidth = 4

/** How many different numbers the sets hold together. Numbers are small: they are given one after another. */
export function countTogether(sets: readonly Uint8Array[]): number {
  let seen = new Uint8Array(1024)
  let count = 0
  for (const set of sets) {
    for (const number of unpackIntegers(set, setWidth)) {
      if (number >= seen.length) seen = grown(seen, number)
      if (seen[number] === 1) continue
      seen[number] = 1
      count++
    }
  }
  return count
}

function grown(seen: Uint8Array, number: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(number + 1, seen.length * 2))
  larger.set(seen)
  return larger
}
