import { type ClipboardEvent, type DragEvent, type ReactNode, useState } from 'react'
import styles from './files.module.css'
import type { Files } from './use-files.ts'
import { fileWords } from './words.ts'

/** Takes files that are dropped on what it holds, or pasted into it. */
export function FileDrop({ files, children }: { readonly files: Files; readonly children: ReactNode }) {
  const [isOver, setIsOver] = useState(false)
  if (files.rules === null) return children

  function handleDrag(event: DragEvent): void {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setIsOver(true)
  }
  function handleLeave(event: DragEvent<HTMLElement>): void {
    const next = event.relatedTarget
    if (!(next instanceof Node) || !event.currentTarget.contains(next)) setIsOver(false)
  }
  function handleDrop(event: DragEvent): void {
    setIsOver(false)
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    files.onAdd([...event.dataTransfer.files])
  }
  function handlePaste(event: ClipboardEvent): void {
    const pasted = [...event.clipboardData.files]
    // Programs put a picture of copied words beside the words.
    if (pasted.length === 0 || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    files.onAdd(pasted)
  }

  return (
    // Pointers alone drop; keys have the button and paste.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={styles.drop}
      onDragEnter={handleDrag}
      onDragOver={handleDrag}
      onDragLeave={handleLeave}
      onDrop={handleDrop}
      onPaste={handlePaste}
    >
      {children}
      {isOver && <div className={styles.over}>{fileWords.drop}</div>}
    </div>
  )
}
