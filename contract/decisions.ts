import { z } from 'zod'
import { endpoint, Instant } from './endpoint.ts'

/** The tree itself is checked in full when it is saved; see decision.ts for its schema. */
export const TreeVersion = z.object({
  version: z.number().int(),
  title: z.string(),
  savedBy: z.string().nullable(),
  savedAt: Instant,
  /** The tree in sentences, one node a line, indented by depth. */
  text: z.string(),
  tree: z.unknown(),
})
export type TreeVersion = z.infer<typeof TreeVersion>

const current = endpoint('workspace.read')
  .route({ method: 'GET', path: '/tree', summary: 'The decision tree in force' })
  .output(TreeVersion)
const versions = endpoint('workspace.read')
  .route({ method: 'GET', path: '/tree/versions', summary: 'All versions, newest first' })
  .output(z.object({ items: z.array(TreeVersion.omit({ text: true, tree: true })) }))
const save = endpoint('tree.manage')
  .route({ method: 'PUT', path: '/tree', summary: 'Put a new version in force' })
  .input(z.object({ tree: z.unknown() }))
  .output(TreeVersion)

export const decisions = { current, versions, save }
