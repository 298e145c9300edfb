import { createHash } from 'node:crypto'
import type { EngagementInput } from '../../contract/engagement.ts'

/**
 * Names one activity within its source. Handing in the same activity again gives the same key: Create by the
 * engagement's id, Update by its version, Delete once.
 */
export function activityKey(input: EngagementInput): string {
  if (input.type === 'Delete') return `delete:${input.externalId}`
  if (input.type === 'Update') return `update:${input.externalId}:${input.updatedAt ?? hashOf(input.text)}`
  return `create:${input.externalId}`
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
