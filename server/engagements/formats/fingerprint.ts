// 53 bits of a text (two lanes of multiply and xor, as in MurmurHash3's finish): names what a file gives no name. It is
// no secret and no signature; beside it stand always the time and who spoke.

/** The same text gives the same 14 hexadecimal digits. */
export function fingerprint(...texts: readonly string[]): string {
  let low = 0xdeadbeef
  let high = 0x41c6ce57
  for (const text of texts) {
    for (let index = 0; index <= text.length; index += 1) {
      // The end counts, so that "a", "b" is not "ab", "".
      const unit = index === text.length ? 0x1_0000 : text.charCodeAt(index)
      low = Math.imul(low ^ unit, 2_654_435_761)
      high = Math.imul(high ^ unit, 1_597_334_677)
    }
  }
  low = finish(low, high)
  high = finish(high, low)
  return ((high >>> 0) & 0x1fffff).toString(16).padStart(6, '0') + (low >>> 0).toString(16).padStart(8, '0')
}

function finish(one: number, other: number): number {
  const mixed = Math.imul(one ^ (one >>> 16), 2_246_822_507)
  return mixed ^ Math.imul(other ^ (other >>> 13), 3_266_489_909)
}
