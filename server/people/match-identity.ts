/** What a source vouches for, of somebody who spoke. */
export interface Evidence {
  readonly verifiedEmail: string | null
  readonly customerId: string | null
}

/** Another identity that shares a fact with the new one. */
export interface Candidate extends Evidence {
  readonly personId: string
  readonly createdAt: number
}

export type Match =
  | {
      readonly rule: 'same-customer-id' | 'same-verified-email'
      readonly personId: string
      readonly detail: string
    }
  | { readonly rule: 'first-seen'; readonly personId: null; readonly detail: string }

/** Mailboxes that many people read: sharing one says nothing about who wrote. */
const sharedMailbox =
  /^(info|contact|kontakt|hello|hallo|office|sales|support|service|help|admin|team|mail|post|billing|noreply|no-reply|postmaster|webmaster)@/i

/**
 * Says whose a new identity is, by rules alone: the same customer id, else the same verified address. Never across two
 * customer ids, never by a shared mailbox. The oldest identity wins where several match.
 */
export function matchIdentity(evidence: Evidence, candidates: readonly Candidate[]): Match {
  const oldestFirst = candidates.toSorted((a, b) => a.createdAt - b.createdAt)
  const { customerId, verifiedEmail } = evidence
  if (customerId !== null) {
    const same = oldestFirst.find((candidate) => candidate.customerId === customerId)
    if (same !== undefined) return { rule: 'same-customer-id', personId: same.personId, detail: customerId }
  }
  if (verifiedEmail !== null && !sharedMailbox.test(verifiedEmail)) {
    const same = oldestFirst.find(
      (candidate) =>
        candidate.verifiedEmail === verifiedEmail && !contradicts(candidate, customerId, oldestFirst),
    )
    if (same !== undefined)
      return { rule: 'same-verified-email', personId: same.personId, detail: verifiedEmail }
  }
  return { rule: 'first-seen', personId: null, detail: '' }
}

/** True where the candidate's person is known by another customer id than this one. */
function contradicts(candidate: Candidate, customerId: string | null, all: readonly Candidate[]): boolean {
  if (customerId === null) return false
  return all.some(
    (other) =>
      other.personId === candidate.personId && other.customerId !== null && other.customerId !== customerId,
  )
}
