import { initialsOf } from '../../../ui/initials.ts'
import styles from './composer.module.css'
import type { Mentions } from './use-mentions.ts'
import { composerWords } from './words.ts'

/** Colleagues to name; the arrows move within it while the caret stays in the text. */
export function MentionList({ mentions }: { readonly mentions: Mentions }) {
  if (!mentions.isOpen) return null
  return (
    <div id="mention-list" role="listbox" aria-label={composerWords.mentionList} className={styles.mentions}>
      {mentions.found.map((member, index) => (
        <div
          key={member.id}
          id={`mention-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === mentions.index}
          className={styles.mention}
          // The text keeps the focus.
          onMouseDown={(event) => {
            event.preventDefault()
            mentions.onPick(member)
          }}
        >
          <span className={styles.mentionMark} aria-hidden>
            {initialsOf(member.name)}
          </span>
          {member.name}
        </div>
      ))}
    </div>
  )
}
