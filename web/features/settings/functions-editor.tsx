import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { CompanyFunction } from '../../../contract/workspace.ts'
import styles from './editors.module.css'
import { keyOfTitle } from './function-key.ts'
import { words } from './words.ts'

export interface FunctionsEditorProps {
  readonly value: readonly CompanyFunction[]
  readonly onChange: (next: readonly CompanyFunction[]) => void
  readonly isReadOnly?: boolean
}

/** The functions of the company that answer. Renaming keeps the key, so that old cases stay where they are. */
export function FunctionsEditor({ value, onChange, isReadOnly = false }: FunctionsEditorProps) {
  const [title, setTitle] = useState('')
  const key = keyOfTitle(
    title,
    value.map((one) => one.key),
  )
  function handleAdd(): void {
    if (key === undefined) return
    onChange([...value, { key, title: title.trim() }])
    setTitle('')
  }
  return (
    <fieldset className={styles.functions} disabled={isReadOnly}>
      <legend className="hs-visually-hidden">{words.functions}</legend>
      {value.map((one) => (
        <TextInput
          key={one.key}
          size="xs"
          aria-label={`${words.functionName}: ${one.title}`}
          value={one.title}
          maxLength={60}
          onChange={(event) => {
            const next = event.currentTarget.value
            onChange(value.map((old) => (old.key === one.key ? { ...old, title: next } : old)))
          }}
          rightSection={
            value.length > 1 && (
              <ActionIcon
                variant="transparent"
                color="gray"
                size="sm"
                aria-label={`${words.removeFunction} ${one.title}`}
                onClick={() => onChange(value.filter((old) => old.key !== one.key))}
              >
                <IconX size={14} />
              </ActionIcon>
            )
          }
        />
      ))}
      {!isReadOnly && (
        <div className={styles.add}>
          <TextInput
            size="xs"
            placeholder={words.addFunction}
            aria-label={words.addFunction}
            value={title}
            maxLength={60}
            onChange={(event) => setTitle(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              handleAdd()
            }}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} />}
            disabled={key === undefined}
            onClick={handleAdd}
          >
            {words.add}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
