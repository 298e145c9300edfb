import { createIngest } from './engagements/index.ts'
import { workspaceHooks } from './hooks.ts'
import { createWorkspaceByName } from './workspace/index.ts'
import { printJson, withHorseshoe } from './cli-session.ts'

export async function createWorkspace(
  name: string,
  options: { readonly timeZone: string; readonly json?: boolean },
): Promise<void> {
  await withHorseshoe({ works: false }, async ({ platform }) => {
    const hooks = workspaceHooks(platform, createIngest(platform))
    const made = await createWorkspaceByName(platform, hooks, name, options.timeZone)
    if (options.json === true) printJson({ name, slug: made.slug })
    else process.stdout.write(`Made the workspace ${name} (${made.slug}).\n`)
  })
}
