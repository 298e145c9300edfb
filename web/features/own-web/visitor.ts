/** Who writes: as they say, and as the site that shows the chat vouches for. */
export interface Visitor {
  readonly name: string
  readonly email?: string
  readonly customer?: { readonly writeKey: string; readonly userId: string; readonly userHash: string }
}

/** What the embedding page says of its visitor, in the fragment of the address: it reaches no server by itself. */
export function readVisitor(fragment: string): Partial<Visitor> {
  const given = new URLSearchParams(fragment.replace(/^#/, ''))
  const [name, email] = [given.get('name'), given.get('email')]
  const [writeKey, userId, userHash] = [given.get('key'), given.get('userId'), given.get('userHash')]
  return {
    ...(name === null || name === '' ? {} : { name }),
    ...(email === null || email === '' ? {} : { email }),
    ...(writeKey !== null && userId !== null && userHash !== null
      ? { customer: { writeKey, userId, userHash } }
      : {}),
  }
}
