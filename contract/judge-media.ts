// Whether files may go along, for the page before it sends them and for the server before it lets them leave.
import type { MediaRules } from './media.ts'

/** Nothing larger is taken, whatever the network would take. */
export const mostUploadBytes = 25_000_000

/** With one answer or post, whatever the network would take. */
export const mostFiles = 10

export interface JudgedFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
}

export interface MediaProblem {
  /** Of the file that is at fault; null where all of them together are. */
  readonly index: number | null
  /** A sentence. */
  readonly text: string
}

/** What stands in the way of sending these files under these rules; nothing where they fit. */
export function judgeMedia(rules: MediaRules | null, files: readonly JudgedFile[]): readonly MediaProblem[] {
  if (files.length === 0) return []
  if (rules === null) return [{ index: null, text: 'Nothing but words can be sent here.' }]
  return [...files.flatMap((file, index) => judgeOne(rules, file, index)), ...judgeAll(rules, files)]
}

function judgeOne(rules: MediaRules, file: JudgedFile, index: number): readonly MediaProblem[] {
  const kind = kindOf(rules, file.mediaType)
  if (kind === undefined) {
    return [{ index, text: `${file.name} cannot be sent here: only ${sayTypes(rules)}.` }]
  }
  if (file.bytes <= kind.maxBytes) return []
  const sizes = `${saySize(file.bytes)}, and at most ${saySize(kind.maxBytes)} may be sent here`
  return [{ index, text: `${file.name} is too large: ${sizes}.` }]
}

function judgeAll(rules: MediaRules, files: readonly JudgedFile[]): readonly MediaProblem[] {
  const problems: MediaProblem[] = []
  if (files.length > rules.most) {
    const text = `Only ${rules.most === 1 ? 'one file' : `${rules.most} files`} can be sent together here.`
    problems.push({ index: null, text })
  }
  const alone = files.find(({ mediaType }) => kindOf(rules, mediaType)?.isAlone === true)
  if (alone !== undefined && files.length > 1) {
    problems.push({
      index: null,
      text: `${alone.name} must be sent alone: nothing else may stand beside it.`,
    })
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  if (rules.maxTotalBytes !== null && total > rules.maxTotalBytes) {
    const sizes = `${saySize(total)}, and at most ${saySize(rules.maxTotalBytes)} may be sent here`
    problems.push({ index: null, text: `All files together are too large: ${sizes}.` })
  }
  return problems
}

function kindOf(rules: MediaRules, mediaType: string): MediaRules['kinds'][number] | undefined {
  return rules.kinds.find(({ types }) => types.some((type) => fits(type, mediaType)))
}

function fits(type: string, mediaType: string): boolean {
  if (type === '*/*' || type === mediaType) return true
  return type.endsWith('/*') && mediaType.startsWith(type.slice(0, -1))
}

/** `JPEG, PNG, MP4`; whole families by their name. */
function sayTypes(rules: MediaRules): string {
  const families: Readonly<Record<string, string>> = {
    'image/*': 'pictures',
    'video/*': 'films',
    'audio/*': 'sounds',
  }
  const types = rules.kinds.flatMap(({ types: each }) => each)
  const said = types.map((type) => families[type] ?? (type.split('/')[1] ?? type).toUpperCase())
  return [...new Set(said)].join(', ')
}

const kilo = 1_000
const mega = 1_000_000

function saySize(bytes: number): string {
  if (bytes < mega) return `${Math.max(1, Math.round(bytes / kilo))} kB`
  const megabytes = bytes / mega
  return `${megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes)} MB`
}
