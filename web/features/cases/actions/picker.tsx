import { Combobox, type ComboboxStore, useCombobox } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { actionWords } from './words.ts'
import styles from './picker.module.css'

export interface PickerOption {
  readonly value: string
  readonly label: string
  readonly detail?: string
  readonly mark?: ReactNode
}

export interface PickerProps {
  /** Names the list for readers. */
  readonly title: string
  readonly options: readonly PickerOption[]
  readonly value?: string | null
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  readonly onPick: (value: string) => void
  readonly children: ReactNode
  readonly className?: string
  readonly isDisabled?: boolean
  readonly position?: 'bottom-start' | 'bottom-end' | 'top-start'
}

/** A button that opens a list with a search field; keys and mouse alike. */
export function Picker(props: PickerProps) {
  const { isOpen, onOpen, onPick } = props
  const box = useCombobox({ opened: isOpen, onDropdownClose: () => onOpen(false) })

  function handlePick(picked: string): void {
    onOpen(false)
    box.focusTarget()
    onPick(picked)
  }

  return (
    <Combobox
      store={box}
      onOptionSubmit={handlePick}
      width={240}
      position={props.position ?? 'bottom-start'}
      shadow="md"
    >
      <Combobox.Target withAriaAttributes={false}>
        <button
          type="button"
          className={props.className ?? styles.trigger}
          title={props.title}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          disabled={props.isDisabled}
          onClick={() => onOpen(!isOpen)}
        >
          {props.children}
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>{isOpen && <PickerList key={props.title} {...props} box={box} />}</Combobox.Dropdown>
    </Combobox>
  )
}

function PickerList({ title, options, value, box }: PickerProps & { readonly box: ComboboxStore }) {
  const [search, setSearch] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    // The options of the new search are drawn first.
    const timer = setTimeout(box.selectFirstOption, 0)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react/exhaustive-deps
  }, [search])
  const wanted = search.trim().toLowerCase()
  const found = options.filter((option) => option.label.toLowerCase().includes(wanted))
  return (
    <div role="dialog" aria-label={title}>
      <Combobox.Search
        ref={field}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        placeholder={title}
        aria-label={title}
        size="sm"
      />
      <Combobox.Options mah={280} style={{ overflowY: 'auto' }} aria-label={title}>
        {found.length === 0 && <Combobox.Empty>{actionWords.nothingFound}</Combobox.Empty>}
        {found.map((option) => (
          <Combobox.Option
            key={option.value}
            value={option.value}
            active={option.value === value}
            className={styles.item}
          >
            <span className={styles.option}>
              {option.mark}
              <span className={styles.label}>{option.label}</span>
              {option.detail !== undefined && <span className={styles.detail}>{option.detail}</span>}
            </span>
          </Combobox.Option>
        ))}
      </Combobox.Options>
    </div>
  )
}
