import { NumberInput, Switch } from '@mantine/core'
import type { FunctionSettings } from '../../../contract/workspace.ts'
import styles from './giving-out.module.css'
import { words } from './words.ts'

export interface GivingOutProps {
  readonly value: readonly FunctionSettings[]
  readonly onChange: (next: readonly FunctionSettings[]) => void
  readonly isReadOnly: boolean
}

/** Which functions give their cases to members by themselves, and how many each of them takes. */
export function GivingOut({ value, onChange, isReadOnly }: GivingOutProps) {
  const set = (key: string, part: Partial<FunctionSettings>) =>
    onChange(value.map((one) => (one.key === key ? { ...one, ...part } : one)))
  return (
    <fieldset className={styles.list} disabled={isReadOnly}>
      <legend className="hs-visually-hidden">{words.givingOut}</legend>
      {value.map((one) => (
        <div key={one.key} className={styles.row}>
          <Switch
            size="sm"
            label={one.title}
            checked={one.autoAssign}
            onChange={(event) => set(one.key, { autoAssign: event.currentTarget.checked })}
          />
          {one.autoAssign ? (
            <label className={styles.most}>
              <span>{words.mostOpen}</span>
              <NumberInput
                size="xs"
                w={76}
                min={1}
                max={1000}
                allowDecimal={false}
                aria-label={`${words.mostOpen}, ${one.title}`}
                value={one.mostOpen}
                onChange={(most) => typeof most === 'number' && most >= 1 && set(one.key, { mostOpen: most })}
              />
            </label>
          ) : (
            <span className={styles.dim}>{words.byHand}</span>
          )}
        </div>
      ))}
    </fieldset>
  )
}
