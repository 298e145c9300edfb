import { Button } from '@mantine/core'
import { useState } from 'react'
import type { CompanyFunction, Workspace } from '../../../contract/workspace.ts'
import { useSession } from '../../session.ts'
import { Card } from '../../ui/page.tsx'
import { FunctionsEditor } from './functions-editor.tsx'
import { GivingOut } from './giving-out.tsx'
import { LoadedWorkspace } from './loaded-workspace.tsx'
import styles from './settings.module.css'
import { useWorkspaceChange } from './use-workspace-change.ts'
import { words } from './words.ts'

export function FunctionsTab() {
  return <LoadedWorkspace>{(workspace) => <FunctionsCard workspace={workspace} />}</LoadedWorkspace>
}

function FunctionsCard({ workspace }: { readonly workspace: Workspace }) {
  const { can } = useSession()
  const change = useWorkspaceChange()
  const [functions, setFunctions] = useState<Workspace['functions']>(workspace.functions)
  const isReadOnly = !can('workspace.manage')
  const hasBlank = functions.some((one) => one.title.trim() === '')
  function withSettings(next: readonly CompanyFunction[]): Workspace['functions'] {
    const usual = { autoAssign: false, mostOpen: 20 }
    return next.map((one) => ({ ...usual, ...functions.find(({ key }) => key === one.key), ...one }))
  }
  return (
    <Card title={words.functions} about={isReadOnly ? words.notYours : words.functionsAbout}>
      <FunctionsEditor
        value={functions}
        onChange={(next) => setFunctions(withSettings(next))}
        isReadOnly={isReadOnly}
      />
      <h3 className={styles.sub}>{words.givingOut}</h3>
      <p className={styles.dim}>{words.givingOutAbout}</p>
      <GivingOut value={functions} onChange={(next) => setFunctions([...next])} isReadOnly={isReadOnly} />
      {!isReadOnly && (
        <Button
          mt="md"
          disabled={hasBlank || JSON.stringify(functions) === JSON.stringify(workspace.functions)}
          loading={change.isPending}
          onClick={() => change.mutate({ functions })}
        >
          {words.save}
        </Button>
      )}
    </Card>
  )
}
