import { ActionIcon, Button } from '@mantine/core'
import { IconArrowUpRight, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import type { Person } from '../../../../contract/people.ts'
import { SafeText } from '../../../ui/safe-text.tsx'
import { ErrorState, Lines } from '../../../ui/states.tsx'
import { Identities } from '../../people/identities.tsx'
import { LogTouch } from '../../people/log-touch.tsx'
import { MemoryEditor } from '../../people/memory-editor.tsx'
import { MembershipsEditor } from '../../people/memberships-editor.tsx'
import { PersonCases } from '../../people/person-cases.tsx'
import { PersonChoices } from '../../people/person-choices.tsx'
import { SentimentTrend } from '../../people/sentiment-trend.tsx'
import { usePerson } from '../../people/use-person.ts'
import { personWords } from '../../people/words.ts'
import { useDesk } from '../desk-context.ts'
import styles from './case-aside.module.css'
import { CaseFacts } from './case-facts.tsx'
import { asideWords } from './words.ts'

export interface CaseAsideProps {
  readonly detail: CaseDetail
  /** Where it does not stand beside the thread, it can be closed. */
  readonly isAlone: boolean
}

/** Who speaks: identities, memory, how they felt, what was before; and the facts of the case. */
export function CaseAside({ detail, isAlone }: CaseAsideProps) {
  const { search, change } = useDesk()
  const person = usePerson(detail.person.id)
  return (
    <div className={styles.aside}>
      {isAlone && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          className={styles.close}
          aria-label={asideWords.close}
          onClick={() => change({ panel: undefined })}
        >
          <IconX size={18} />
        </ActionIcon>
      )}
      {search.panel === 'log' && (
        <LogTouch
          personId={detail.person.id}
          caseId={detail.id}
          onClose={() => change({ panel: undefined }, { isReplacing: true })}
        />
      )}
      {person.isPending && <Lines rows={8} />}
      {person.isError && <ErrorState error={person.error} onRetry={() => void person.refetch()} />}
      {person.isSuccess && <PersonFacts person={person.data} caseId={detail.id} />}
      <CaseFacts detail={detail} />
    </div>
  )
}

function PersonFacts({ person, caseId }: { readonly person: Person; readonly caseId: string }) {
  const { workspace, can } = useDesk()
  const canEdit = can('people.edit')
  return (
    <>
      <header className={styles.head}>
        <h2 className={styles.name}>
          <SafeText text={person.name} isInline />
        </h2>
        <Button
          renderRoot={(props) => (
            <Link
              to="/w/$workspace/people/$personId"
              params={{ workspace, personId: person.id }}
              {...props}
            />
          )}
          variant="subtle"
          size="compact-xs"
          rightSection={<IconArrowUpRight size={14} />}
        >
          {asideWords.fullPerson}
        </Button>
      </header>
      <Part title={personWords.identities}>
        <Identities identities={person.identities} />
      </Part>
      <PersonChoices person={person} canEdit={canEdit} />
      <Part title={personWords.memberships}>
        <MembershipsEditor person={person} canEdit={canEdit} />
      </Part>
      <Part title={personWords.memory}>
        <MemoryEditor key={person.id} person={person} canEdit={canEdit} />
      </Part>
      <Part title={personWords.trend}>
        <SentimentTrend personId={person.id} />
      </Part>
      <Part title={asideWords.earlierCases}>
        <PersonCases cases={person.cases} without={caseId} />
      </Part>
    </>
  )
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
