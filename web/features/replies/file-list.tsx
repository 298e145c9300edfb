import { ActionIcon, Progress, TextInput } from '@mantine/core'
import { IconFile, IconX } from '@tabler/icons-react'
import { SafeText } from '../../ui/safe-text.tsx'
import { sayBytes } from '../../ui/say-bytes.ts'
import styles from './files.module.css'
import { isPicture, type Files, type GoingFile, type KeptFile } from './use-files.ts'
import { fileWords } from './words.ts'

/** What goes along: each with its description where the network shows one, and what stands in the way of it. */
export function FileList({ files }: { readonly files: Files }) {
  if (files.kept.length + files.going.length === 0) return null
  return (
    <div className={styles.files}>
      <ul className={styles.list} aria-label={fileWords.files}>
        {files.kept.map((file) => (
          <KeptItem key={file.id} file={file} files={files} />
        ))}
        {files.going.map((file) => (
          <GoingItem key={file.key} file={file} onCancel={() => files.onCancel(file.key)} />
        ))}
      </ul>
      {files.problems.map((problem) => (
        <p key={problem} className={styles.problem} role="status">
          <SafeText text={problem} isInline />
        </p>
      ))}
    </div>
  )
}

export function altFieldId(id: string): string {
  return `alt-${id}`
}

function KeptItem({ file, files }: { readonly file: KeptFile; readonly files: Files }) {
  const { rules, onAlt, onRemove } = files
  const asksAlt = rules?.alt != null && isPicture(file)
  return (
    <li className={styles.item}>
      {isPicture(file) ? (
        <img className={styles.thumb} src={`/api/v1/attachments/${file.id}`} alt={file.alt} />
      ) : (
        <span className={styles.thumb}>
          <IconFile size={20} stroke={1.5} aria-hidden />
        </span>
      )}
      <div className={styles.about}>
        <p className={styles.name}>
          <SafeText text={file.name} isInline /> <span className={styles.size}>{sayBytes(file.bytes)}</span>
        </p>
        {asksAlt && (
          <TextInput
            id={altFieldId(file.id)}
            size="xs"
            aria-label={fileWords.alt(file.name)}
            placeholder={fileWords.altHint}
            maxLength={rules.alt?.max ?? 0}
            value={file.alt}
            onChange={(event) => onAlt(file.id, event.currentTarget.value)}
          />
        )}
      </div>
      <Remove name={file.name} onRemove={() => onRemove(file.id)} />
    </li>
  )
}

function GoingItem({ file, onCancel }: { readonly file: GoingFile; readonly onCancel: () => void }) {
  const { name, share } = file
  return (
    <li className={styles.item}>
      <span className={styles.thumb}>
        <IconFile size={20} stroke={1.5} aria-hidden />
      </span>
      <div className={styles.about}>
        <p className={styles.name}>
          <SafeText text={name} isInline /> <span className={styles.size}>{fileWords.going(share)}</span>
        </p>
        <Progress value={share * 100} size="xs" aria-label={fileWords.isGoing(name)} />
      </div>
      <Remove name={name} onRemove={onCancel} />
    </li>
  )
}

function Remove({ name, onRemove }: { readonly name: string; readonly onRemove: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={fileWords.remove(name)} onClick={onRemove}>
      <IconX size={15} />
    </ActionIcon>
  )
}
