import { EngagementInput } from '../../../contract/engagement.ts'
import { refuseTime } from './check-time.ts'
import { HAS_NUL } from './decode-text.ts'
import type { Notice } from './format.ts'

export type Checked =
  | { readonly input: EngagementInput; readonly notices?: readonly Notice[] }
  | { readonly reason: string }

const HALF_IN_ID = 'A name or id contains half a character (a lone surrogate).'
const REPAIRED: Notice = {
  message: 'Half characters (lone surrogates) in a text were replaced by \ufffd.',
  count: 1,
}

/** Judges what a record says against the contract; text that only limps is mended, and said so. */
export function checkInput(candidate: unknown, now: number): Checked {
  const found = EngagementInput.safeParse(candidate)
  if (!found.success) return { reason: firstIssue(found.error.issues) }
  const input = found.data
  const reason =
    refuseTime(Date.parse(input.publishedAt), now, input.publishedAt) ??
    (input.updatedAt && refuseTime(Date.parse(input.updatedAt), now, input.updatedAt)) ??
    refuseNames(input)
  if (reason) return { reason }
  if (freeTexts(input).some((text) => text?.includes('\0'))) return { reason: HAS_NUL }
  if (freeTexts(input).every((text) => text?.isWellFormed() ?? true)) return { input }
  return { input: mend(input), notices: [REPAIRED] }
}

function freeTexts(input: EngagementInput): (string | undefined)[] {
  const alts = input.media.map(({ alt }) => alt)
  return [input.text, input.subject, input.author.name, ...alts]
}

function refuseNames({ author, ...input }: EngagementInput): string | undefined {
  const names = [
    input.externalId,
    input.parentExternalId,
    input.threadExternalId,
    input.presence,
    input.language,
    author.externalId,
    author.handle,
    author.customerId,
    ...input.mentions,
  ]
  for (const name of names) {
    if (name === undefined) continue
    if (name.includes('\0')) return HAS_NUL
    if (!name.isWellFormed()) return HALF_IN_ID
  }
  return undefined
}

function mend(input: EngagementInput): EngagementInput {
  const { subject, author } = input
  return {
    ...input,
    text: input.text.toWellFormed(),
    ...(subject === undefined ? {} : { subject: subject.toWellFormed() }),
    author: author.name === undefined ? author : { ...author, name: author.name.toWellFormed() },
    media: input.media.map((media) =>
      media.alt === undefined ? media : { ...media, alt: media.alt.toWellFormed() },
    ),
  }
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function firstIssue(issues: readonly Issue[]): string {
  const [issue] = issues
  if (!issue) return 'The record does not have the shape of an engagement.'
  const path = issue.path.map(String).join('.')
  if (path === '') return 'The record is not an object.'
  if (issue.message.endsWith('received undefined')) return `The field ${path} is missing.`
  return `The field ${path} is wrong: ${issue.message}.`
}
