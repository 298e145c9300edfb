import { useMemo } from 'react'
import { findLinks } from './find-links.ts'
import styles from './safe-text.module.css'

export interface SafeTextProps {
  readonly text: string
  /** Within a line: no links, line breaks become blanks. */
  readonly isInline?: boolean
  readonly className?: string
  readonly lang?: string
}

/**
 * The one renderer of strangers' text. Never HTML: plain text, with links of http, https and mailto. Its direction
 * comes from its own letters and is isolated, so that it cannot turn round the words beside it.
 */
export function SafeText({ text, isInline = false, className, lang }: SafeTextProps) {
  const parts = useMemo(() => (isInline ? [] : findLinks(text)), [isInline, text])
  const language = lang === undefined || lang === 'und' ? undefined : lang
  if (isInline) {
    return (
      <bdi dir="auto" lang={language} className={className}>
        {text.replaceAll(/\s+/g, ' ')}
      </bdi>
    )
  }
  return (
    <div dir="auto" lang={language} className={[styles.text, className].filter(Boolean).join(' ')}>
      {parts.map((part, index) =>
        part.type === 'text' ? (
          part.text
        ) : (
          <a
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer ugc"
            referrerPolicy="no-referrer"
          >
            <bdi>{part.text}</bdi>
          </a>
        ),
      )}
    </div>
  )
}
