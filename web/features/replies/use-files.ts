import { useCallback, useEffect, useRef, useState } from 'react'
import { judgeMedia, mostUploadBytes } from '../../../contract/judge-media.ts'
import type { MediaRules } from '../../../contract/media.ts'
import { notifyError } from '../../ui/notify.tsx'
import { sayBytes } from '../../ui/say-bytes.ts'
import { uploadFile, type Upload } from './upload-file.ts'

/** A file that the server has and that was not sent yet. */
export interface KeptFile {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly alt: string
}

/** A file on its way to the server. */
export interface GoingFile {
  readonly key: string
  readonly name: string
  /** From 0 to 1. */
  readonly share: number
}

export type ChangeKept = (change: (files: readonly KeptFile[]) => readonly KeptFile[]) => void

export interface Files {
  readonly rules: MediaRules | null
  readonly kept: readonly KeptFile[]
  readonly going: readonly GoingFile[]
  /** What stands in the way of sending them, in words. */
  readonly problems: readonly string[]
  /** Pictures that nobody described, where the network shows descriptions. */
  readonly undescribed: readonly KeptFile[]
  readonly onAdd: (files: readonly File[]) => void
  readonly onAlt: (id: string, alt: string) => void
  readonly onRemove: (id: string) => void
  readonly onCancel: (key: string) => void
}

/** The files of one answer or post: judged by the network's rules before they are given to the server. */
export function useFiles(rules: MediaRules | null, kept: readonly KeptFile[], onKept: ChangeKept): Files {
  const [going, setGoing] = useState<readonly GoingFile[]>([])
  const uploads = useRef(new Map<string, Upload>())
  useEffect(() => {
    const running = uploads.current
    return () => running.forEach((upload) => upload.cancel())
  }, [])
  const end = useCallback((key: string) => {
    uploads.current.delete(key)
    setGoing((all) => all.filter((each) => each.key !== key))
  }, [])

  function start(file: File): void {
    const key = crypto.randomUUID()
    setGoing((all) => [...all, { key, name: file.name, share: 0 }])
    const upload = uploadFile(file, (share) =>
      setGoing((all) => all.map((each) => (each.key === key ? { ...each, share } : each))),
    )
    uploads.current.set(key, upload)
    upload.done
      .then((made) => onKept((files) => [...files, { ...made, alt: '' }]))
      .catch(notifyError)
      .finally(() => end(key))
  }

  return {
    rules,
    kept,
    going,
    problems: [...new Set(judgeMedia(rules, kept).map(({ text }) => text))],
    undescribed: rules?.alt == null ? [] : kept.filter((file) => isPicture(file) && file.alt.trim() === ''),
    onAdd: (files) => {
      const room = (rules?.most ?? 0) - kept.length - going.length
      for (const [index, file] of files.entries()) {
        const problem = whyNot(rules, file, index < room)
        if (problem === null) start(file)
        else notifyError(new Error(problem))
      }
    },
    onAlt: (id, alt) => onKept((files) => files.map((file) => (file.id === id ? { ...file, alt } : file))),
    onRemove: (id) => onKept((files) => files.filter((file) => file.id !== id)),
    onCancel: (key) => {
      uploads.current.get(key)?.cancel()
      end(key)
    },
  }
}

/** Before it is sent anywhere: the network's rules, and what is taken here at all. */
function whyNot(rules: MediaRules | null, file: File, hasRoom: boolean): string | null {
  const [problem] = judgeMedia(rules, [{ name: file.name, mediaType: file.type, bytes: file.size }])
  if (problem !== undefined) return problem.text
  if (!hasRoom) return `${file.name} was left out: only ${rules?.most ?? 0} can be sent together here.`
  if (file.size <= mostUploadBytes) return null
  return `${file.name} is too large: ${sayBytes(file.size)}, and at most ${sayBytes(mostUploadBytes)} can be given here.`
}

/** There is something in it, and nothing of it is unfit or still on its way to the server. */
export function isSendable(text: string, { kept, going, problems }: Files): boolean {
  const isEmpty = text.trim() === '' && kept.length === 0
  return !isEmpty && problems.length === 0 && going.length === 0
}

export function isPicture({ mediaType }: Pick<KeptFile, 'mediaType'>): boolean {
  return /^image\/(png|jpeg|gif|webp)$/.test(mediaType)
}
