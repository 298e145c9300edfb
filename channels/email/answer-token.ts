// Where the answer of a member comes in: a mail that asks a member to answer bears a token, in the Message-ID (which
// every mail program names in its answer) and in a Reply-To with a plus sign (which lives through programs that rewrite
// Message-IDs). The token alone opens nothing: whoever takes the answer up also holds the sender against the member.

/** Letters and digits in one case: addresses are often written in another. */
const token = /^[a-z2-7]{26,52}$/
const sign = 'answer-'
/** RFC 5321 4.5.3.1.1. */
const longestLocalPart = 64

function isAnswerToken(text: string): boolean {
  return token.test(text)
}

/** The Message-ID of a mail that asks for an answer. */
export function askingMessageId(answerToken: string, key: string, domain: string): string {
  return `${sign}${answerToken}.${key}@${domain}`
}

/** Our address with the token behind a plus sign; the address itself where both together would be too long. */
export function askingReplyTo(answerToken: string, address: string): string {
  const at = address.lastIndexOf('@')
  const local = `${address.slice(0, at)}+${sign}${answerToken}`
  return local.length > longestLocalPart ? address : `${local}${address.slice(at)}`
}

/** The token that a mail answers to; null where it answers to none. */
export function answerTokenIn(mail: {
  readonly receivers: readonly string[]
  /** What it answers, nearest first. */
  readonly messageIds: readonly string[]
  readonly own: string
}): string | null {
  const at = mail.own.lastIndexOf('@')
  const local = `${mail.own.slice(0, at)}+${sign}`
  const domain = mail.own.slice(at)
  for (const receiver of mail.receivers) {
    const address = receiver.toLowerCase()
    if (!address.startsWith(local) || !address.endsWith(domain)) continue
    const found = address.slice(local.length, address.length - domain.length)
    if (isAnswerToken(found)) return found
  }
  return tokenOfMessageId(mail.messageIds[0] ?? '', domain)
}

function tokenOfMessageId(id: string, domain: string): string | null {
  const plain = id.toLowerCase()
  if (!plain.startsWith(sign) || !plain.endsWith(domain)) return null
  const found = plain.slice(sign.length).split('.')[0] ?? ''
  return isAnswerToken(found) ? found : null
}
