import { Card } from '../../ui/page.tsx'
import { NewWorkspaceForm } from '../sign-in/new-workspace-form.tsx'
import { words } from './words.ts'

export function NewWorkspaceTab() {
  return (
    <Card title="New workspace" about={words.newWorkspaceAbout}>
      <div style={{ maxWidth: 420 }}>
        <NewWorkspaceForm />
      </div>
    </Card>
  )
}
