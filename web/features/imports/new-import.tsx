import { Alert, Button, Group, Progress, Select, TextInput } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useRef, useState, type DragEvent } from 'react'
import { ImportFormat } from '../../../contract/engagements.ts'
import { api, queryClient } from '../../api.ts'
import { sayBytes } from '../../ui/say-bytes.ts'
import { oneOf } from '../../url-search.ts'
import { guessFormat } from './guess-format.ts'
import styles from './imports.module.css'
import { upload, type Upload } from './upload.ts'
import { formatWords, words } from './words.ts'

const known: readonly ImportFormat[] = ImportFormat.options
const formats = known.map((value) => ({ value, label: formatWords[value].title }))
/** Files that always say which words are ours. */
const neverAsksForOwn: readonly ImportFormat[] = ['twcs', 'ndjson']

interface Chosen {
  readonly file: File
  readonly format: ImportFormat
  /** Handles and addresses of ours, parted by commas. */
  readonly own: string
}

/** Drop or choose a file, look at the format, send it. */
export function NewImport() {
  const [chosen, setChosen] = useState<Chosen>()
  const [sent, setSent] = useState<number>()
  const [failure, setFailure] = useState('')
  const running = useRef<Upload>(undefined)

  async function handleFile(file: File): Promise<void> {
    setFailure('')
    setChosen({ file, format: guessFormat(file.name, await file.slice(0, 16_384).text()), own: '' })
  }
  async function handleStart({ file, format, own }: Chosen): Promise<void> {
    setFailure('')
    setSent(0)
    running.current = upload(file, { format, own: neverAsksForOwn.includes(format) ? '' : own }, setSent)
    try {
      await running.current.done
      setChosen(undefined)
      await queryClient.invalidateQueries({ queryKey: api.imports.list.key() })
    } catch (error) {
      setFailure(error instanceof Error ? error.message : '')
    } finally {
      setSent(undefined)
    }
  }

  return (
    <div className={styles.new}>
      {failure !== '' && (
        <Alert color="red" role="alert" mb="sm">
          {failure}
        </Alert>
      )}
      {chosen === undefined && <DropPlace onFile={(file) => void handleFile(file)} />}
      {chosen !== undefined && sent === undefined && (
        <Ready
          chosen={chosen}
          onChange={(part) => setChosen({ ...chosen, ...part })}
          onStart={() => void handleStart(chosen)}
          onOther={() => setChosen(undefined)}
        />
      )}
      {chosen !== undefined && sent !== undefined && (
        <Sending name={chosen.file.name} share={sent} onCancel={() => running.current?.cancel()} />
      )}
    </div>
  )
}

function DropPlace({ onFile }: { readonly onFile: (file: File) => void }) {
  const [isOver, setIsOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  function handleDrop(event: DragEvent): void {
    event.preventDefault()
    setIsOver(false)
    const file = event.dataTransfer.files[0]
    if (file !== undefined) onFile(file)
  }
  return (
    <div
      className={styles.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={handleDrop}
    >
      <IconFileImport size={28} stroke={1.5} aria-hidden />
      <strong>{words.drop}</strong>
      <span className={styles.dim}>{words.or}</span>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="import-file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file !== undefined) onFile(file)
        }}
      />
      <Button variant="default" onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
      <span className={styles.dim}>{formats.map((format) => format.label).join(' · ')}</span>
    </div>
  )
}

interface ReadyProps {
  readonly chosen: Chosen
  readonly onChange: (part: Partial<Chosen>) => void
  readonly onStart: () => void
  readonly onOther: () => void
}

function Ready({ chosen, onChange, onStart, onOther }: ReadyProps) {
  return (
    <div className={styles.ready}>
      <div>
        <strong>{chosen.file.name}</strong> <span className={styles.dim}>{sayBytes(chosen.file.size)}</span>
      </div>
      <Select
        label={words.format}
        description={`${words.formatAbout} ${formatWords[chosen.format].about}.`}
        data={formats}
        value={chosen.format}
        onChange={(value) => onChange({ format: oneOf(known, value ?? undefined, chosen.format) })}
        maw={420}
      />
      {!neverAsksForOwn.includes(chosen.format) && (
        <TextInput
          label={words.own}
          description={words.ownAbout}
          placeholder="support@example.org, @shop"
          value={chosen.own}
          onChange={(event) => onChange({ own: event.currentTarget.value })}
          maw={420}
        />
      )}
      <Group gap="xs">
        <Button onClick={onStart}>{words.start}</Button>
        <Button variant="default" onClick={onOther}>
          {words.other}
        </Button>
      </Group>
    </div>
  )
}

interface SendingProps {
  readonly name: string
  readonly share: number
  readonly onCancel: () => void
}

function Sending({ name, share, onCancel }: SendingProps) {
  return (
    <div className={styles.ready}>
      <strong>{words.uploading(name)}</strong>
      <Progress value={share * 100} aria-label={words.uploading(name)} />
      <Group justify="space-between">
        <span className={styles.dim}>{words.uploadingAbout}</span>
        <Button variant="default" size="xs" onClick={onCancel}>
          {words.cancel}
        </Button>
      </Group>
    </div>
  )
}
