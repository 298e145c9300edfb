import { useEffect } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import type { Engagement } from '../../../../contract/engagements.ts'
import { useDesk } from '../desk-context.ts'
import { useLatest } from '../use-latest.ts'
import styles from './composer.module.css'
import type { DraftMode } from './draft.ts'
import { NoteForm } from './note-form.tsx'
import { ReplyForm } from './reply-form.tsx'
import type { AfterSending } from './use-send.ts'
import { useViewing } from './use-viewing.ts'
import { useWayWish } from './way-wish.ts'
import { composerWords } from './words.ts'

export interface ComposerProps {
  readonly detail: CaseDetail
  readonly engagements: readonly Engagement[]
  readonly mode: DraftMode
  readonly onMode: (mode: DraftMode) => void
  readonly onSent: (then: AfterSending) => void
}

const modes = ['reply', 'note'] as const satisfies readonly DraftMode[]

/** Where an answer or a note is written. */
export function Composer({ detail, engagements, mode, onMode, onSent }: ComposerProps) {
  const { can } = useDesk()
  const handleTyping = useViewing(detail.id)
  const wish = useWayWish(detail.id)
  const latestMode = useLatest(onMode)
  useEffect(() => {
    if (wish !== null) latestMode.current('reply')
  }, [wish, latestMode])
  if (!can('cases.note')) return null
  return (
    <section className={styles.composer} aria-label={composerWords.composer} data-mode={mode}>
      <div className={styles.modes} role="tablist" aria-label={composerWords.composer}>
        {modes.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`composer-tab-${name}`}
            aria-selected={mode === name}
            aria-controls="composer-panel"
            tabIndex={mode === name ? 0 : -1}
            onClick={() => onMode(name)}
            onKeyDown={(event) => {
              if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
              const other = name === 'reply' ? 'note' : 'reply'
              onMode(other)
              document.getElementById(`composer-tab-${other}`)?.focus()
            }}
          >
            {composerWords[name]}
          </button>
        ))}
      </div>
      <div id="composer-panel" role="tabpanel" aria-labelledby={`composer-tab-${mode}`}>
        {mode === 'reply' ? (
          <ReplyForm
            key={detail.id}
            detail={detail}
            engagements={engagements}
            onTyping={handleTyping}
            onSent={onSent}
          />
        ) : (
          <NoteForm key={detail.id} detail={detail} />
        )}
      </div>
    </section>
  )
}
