import { z } from 'zod'

// One kind of file that a network takes; `image/*` stands for a family, `*/*` for all.
const MediaKind = z.object({
  types: z.array(z.string()).min(1),
  maxBytes: z.number().int(),
  /** Nothing else may stand beside one of these. */
  isAlone: z.boolean(),
})

/** Which files words of ours may carry on a network. */
export const MediaRules = z.object({
  /** With one answer or post. */
  most: z.number().int(),
  /** Of all together; null where only each one counts. */
  maxTotalBytes: z.number().int().nullable(),
  /** A file is judged by the first that fits it. */
  kinds: z.array(MediaKind).min(1),
  /** How long a description may be, for those who cannot see it; null where the network shows none. */
  alt: z.object({ max: z.number().int() }).nullable(),
})
export type MediaRules = z.infer<typeof MediaRules>

/** A file of a member on its way out. */
export const GivenFile = z.object({
  id: z.uuid(),
  /** For those who cannot see it; empty where the member wrote none. */
  alt: z.string().trim().max(2_000).default(''),
})
export type GivenFile = z.infer<typeof GivenFile>

/** What the upload (`POST /files?name=&type=` with the file as body, beside the contract) answers. */
export const UploadedFile = z.object({
  id: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
})
export type UploadedFile = z.infer<typeof UploadedFile>
