// How a text becomes short messages (3GPP TS 23.038 6.2.1, TS 23.040 9.2.3.24.1). In the default alphabet a message
// holds 160 septets, and 153 where it is one of several; signs of the extension table are two, and never torn apart. One
// sign outside of it makes the whole text UCS-2: 70 units of 16 bits, or 67.

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('\f^{}\\[~]|€')

export type Coding = 'gsm7' | 'ucs2'

export interface Messages {
  readonly coding: Coding
  /** In septets, or in units of 16 bits. */
  readonly length: number
  /** What each message carries; one where nothing is split. */
  readonly parts: readonly string[]
  /** The first signs that are not in the default alphabet. */
  readonly strange: readonly string[]
}

const room = { gsm7: { alone: 160, each: 153 }, ucs2: { alone: 70, each: 67 } } as const

export function toMessages(text: string): Messages {
  const signs = [...text]
  const strange = [...new Set(signs.filter((sign) => !basic.has(sign) && !extended.has(sign)))]
  const coding: Coding = strange.length === 0 ? 'gsm7' : 'ucs2'
  const length = coding === 'gsm7' ? signs.reduce((sum, sign) => sum + septets(sign), 0) : text.length
  const { alone, each } = room[coding]
  const split = coding === 'gsm7' ? splitSeptets(signs, each) : splitUnits(text, each)
  return { coding, length, parts: length <= alone ? [text] : split, strange: strange.slice(0, 5) }
}

/** How much room there is in so many messages. */
export function roomIn(coding: Coding, messages: number): number {
  return messages === 1 ? room[coding].alone : room[coding].each * messages
}

function septets(sign: string): number {
  return extended.has(sign) ? 2 : 1
}

function splitSeptets(signs: readonly string[], each: number): readonly string[] {
  const parts: string[] = []
  let part = ''
  let used = 0
  for (const sign of signs) {
    const needs = septets(sign)
    if (used + needs > each) {
      parts.push(part)
      part = ''
      used = 0
    }
    part += sign
    used += needs
  }
  return [...parts, part]
}

/** The centre cuts by units and the telephone joins them again; a sign on the cut is shown whole, with the later part. */
function splitUnits(text: string, each: number): readonly string[] {
  const parts: string[] = []
  let from = 0
  for (let cut = each; from < text.length; cut += each) {
    const isTorn =
      cut < text.length &&
      /[\uD800-\uDBFF]/.test(text.charAt(cut - 1)) &&
      /[\uDC00-\uDFFF]/.test(text.charAt(cut))
    const to = Math.min(text.length, isTorn ? cut - 1 : cut)
    parts.push(text.slice(from, to))
    from = to
  }
  return parts
}
