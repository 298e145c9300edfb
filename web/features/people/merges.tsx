import { Button } from '@mantine/core'
import type { Person } from '../../../contract/people.ts'
import { useSession } from '../../session.ts'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import styles from './person-page.module.css'
import { useUndoMerge } from './use-merge.ts'
import { mergeWords } from './words.ts'

/** Who was merged into this person; each merge can be undone, exactly. */
export function Merges({ person }: { readonly person: Person }) {
  const { can } = useSession()
  const undo = useUndoMerge()
  return (
    <section className={styles.part}>
      <h2>{mergeWords.merges}</h2>
      <ul className={styles.merges}>
        {person.merges.map((merge) => (
          <li key={merge.id}>
            <span>
              <SafeText text={merge.name} isInline /> {mergeWords.by(merge.by)},{' '}
              <RelativeTime at={merge.at} />
            </span>
            {can('people.merge') && (
              <Button
                variant="subtle"
                size="compact-xs"
                loading={undo.isPending}
                onClick={() => undo.mutate(merge.id)}
              >
                {mergeWords.undo}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
