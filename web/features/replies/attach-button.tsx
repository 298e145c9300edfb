import { ActionIcon, Tooltip } from '@mantine/core'
import { IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import type { Files } from './use-files.ts'
import { fileWords } from './words.ts'

/** Picks files from this device. Nothing where the network carries words only. */
export function AttachButton({ files }: { readonly files: Files }) {
  const field = useRef<HTMLInputElement>(null)
  const { rules } = files
  if (rules === null) return null
  const accept = rules.kinds.flatMap(({ types }) => types).join(',')
  return (
    <>
      <Tooltip label={fileWords.attach}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={fileWords.attach}
          onClick={() => field.current?.click()}
        >
          <IconPaperclip size={17} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <input
        ref={field}
        type="file"
        hidden
        multiple={rules.most > 1}
        accept={accept.includes('*/*') ? undefined : accept}
        aria-label={fileWords.attach}
        onChange={(event) => {
          files.onAdd([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
