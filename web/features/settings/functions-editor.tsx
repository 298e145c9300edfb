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
        <NameField
          key={one.key}
          one={one}
          onRename={(next) =>
            onChange(value.map((old) => (old.key === one.key ? { ...old, title: next } : old)))
          }
          onRemove={value.length > 1 ? () => onChange(value.filter((old) => old.key !== one.key)) : undefined}
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

interface NameFieldProps {
  readonly one: CompanyFunction
  readonly onRename: (title: string) => void
  readonly onRemove: (() => void) | undefined
}

function NameField({ one, onRename, onRemove }: NameFieldProps) {
  return (
    <TextInput
      size="xs"
      aria-label={`${words.functionName}: ${one.title}`}
      value={one.title}
      maxLength={60}
      onChange={(event) => onRename(event.currentTarget.value)}
      rightSection={
        onRemove !== undefined && (
          <ActionIcon
            variant="transparent"
            color="gray"
            size="sm"
            aria-label={`${words.removeFunction} ${one.title}`}
            onClick={onRemove}
          >
            <IconX size={14} />
          </ActionIcon>
        )
      }
    />
  )
}
