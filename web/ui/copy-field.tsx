import { Button, CopyButton, TextInput } from '@mantine/core'
import styles from './copy-field.module.css'

export interface CopyFieldProps {
  readonly label: string
  readonly value: string
  readonly isLink?: boolean
}

/** A value to take along: read-only, selected on focus, with a button that copies. */
export function CopyField({ label, value, isLink = false }: CopyFieldProps) {
  return (
    <div className={styles.copy}>
      <TextInput
        label={label}
        readOnly
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy} aria-live="polite">
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
      {isLink && (
        <Button variant="default" component="a" href={value} target="_blank" rel="noopener">
          Open
        </Button>
      )}
    </div>
  )
}
