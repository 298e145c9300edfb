import { Modal } from '@mantine/core'
import { Fragment } from 'react'
import { useActiveKeys } from '../ui/keys.ts'
import { printKeys } from '../ui/key-match.ts'
import styles from './key-help.module.css'
import { isMac } from './rail.tsx'
import { words } from './words.ts'

/** Every key that acts on the page now; the pages themselves say them, so the list cannot be wrong. */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const groups = useActiveKeys()
  return (
    <Modal opened onClose={onClose} title={words.keysOfPage} size="lg">
      <div className={styles.groups}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className={styles.title}>{group.title}</h3>
            <dl className={styles.list}>
              {group.keys
                .filter((key) => key.isHidden !== true)
                .map((key) => (
                  <Fragment key={key.keys}>
                    <dt>{key.title}</dt>
                    <dd>
                      {printKeys(key.keys, isMac).map((press) => (
                        <kbd key={press} className={styles.key}>
                          {press}
                        </kbd>
                      ))}
                    </dd>
                  </Fragment>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
