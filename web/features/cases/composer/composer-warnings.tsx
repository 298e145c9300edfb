import { IconAlertTriangle, IconEye } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { SafeText } from '../../../ui/safe-text.tsx'
import styles from './composer.module.css'
import type { Warning } from './warnings.ts'
import { composerWords } from './words.ts'

export interface ComposerWarningsProps {
  readonly warnings: readonly Warning[]
  /** The server held the answer back. */
  readonly isHeld: boolean
  readonly onSeen: () => void
  readonly onSendAnyway: () => void
}

/** What the writer should know before sending; none of it stands in the way. */
export function ComposerWarnings({ warnings, isHeld, onSeen, onSendAnyway }: ComposerWarningsProps) {
  const isArrivalShown = warnings.some((warning) => warning.kind === 'arrived')
  return (
    <div className={styles.warnings} role="status" aria-live="polite">
      {isHeld && !isArrivalShown && (
        <WarningLine isGrave>
          {composerWords.arrivedUnknown} <Act onClick={onSendAnyway}>{composerWords.sendAnyway}</Act>
        </WarningLine>
      )}
      {warnings.map((warning) => (
        <WarningLine key={warning.kind} isGrave={warning.kind !== 'looking'}>
          <WarningText warning={warning} />
          {warning.kind === 'arrived' && (
            <>
              {' '}
              <Act onClick={onSeen}>{composerWords.seen}</Act>
              {isHeld && <Act onClick={onSendAnyway}>{composerWords.sendAnyway}</Act>}
            </>
          )}
        </WarningLine>
      ))}
    </div>
  )
}

function WarningText({ warning }: { readonly warning: Warning }) {
  switch (warning.kind) {
    case 'answering':
      return warning.names.length === 1
        ? composerWords.someone(warning.names.join(''))
        : composerWords.several(warning.names.join(', '))
    case 'looking':
      return warning.names.length === 1
        ? composerWords.looking(warning.names.join(''))
        : composerWords.lookingMany(warning.names.join(', '))
    case 'arrived':
      return (
        <>
          {composerWords.arrived(warning.newest.author.name)}{' '}
          <SafeText text={warning.newest.text.slice(0, 200)} isInline className={styles.quote} />
        </>
      )
    case 'over':
      return composerWords.over(warning.by)
    case 'placeholder':
      return composerWords.placeholder(warning.places.join(', '))
    case 'form-letter':
      return <FormLetter phrases={warning.phrases} isNothingTakenUp={warning.isNothingTakenUp} />
  }
}

function FormLetter({
  phrases,
  isNothingTakenUp,
}: {
  readonly phrases: readonly string[]
  readonly isNothingTakenUp: boolean
}) {
  const quoted = phrases.slice(0, 2).join('”, “')
  const why = isNothingTakenUp ? composerWords.formLetterWhy(quoted) : composerWords.formLetterMostly(quoted)
  return (
    <>
      <strong>{composerWords.formLetter}.</strong> {why}
    </>
  )
}

function WarningLine({ isGrave, children }: { readonly isGrave: boolean; readonly children: ReactNode }) {
  const Glyph = isGrave ? IconAlertTriangle : IconEye
  return (
    <p className={styles.warning} data-grave={isGrave || undefined}>
      <Glyph size={14} aria-hidden />
      <span>{children}</span>
    </p>
  )
}

function Act({ onClick, children }: { readonly onClick: () => void; readonly children: string }) {
  return (
    <button type="button" className={styles.act} onClick={onClick}>
      {children}
    </button>
  )
}
