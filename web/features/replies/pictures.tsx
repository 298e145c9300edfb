import type { MediaReference } from '../../../contract/engagement.ts'
import styles from './pictures.module.css'

const own = /^\/api\/v1\/attachments\/[0-9a-f-]{36}$/

/** The place of a picture that is kept here; null for everything else, which is never loaded by itself. */
export function keptPicture({ url, mediaType }: MediaReference): string | null {
  if (!/^image\/(png|jpeg|gif|webp)$/.test(mediaType ?? '')) return null
  const place = new URL(url, location.origin)
  return place.origin === location.origin && own.test(place.pathname) ? place.pathname : null
}

/** Pictures that are kept here, small; a press shows one whole. */
export function Pictures({ media }: { readonly media: readonly MediaReference[] }) {
  const shown = media.flatMap((item) => {
    const place = keptPicture(item)
    return place === null ? [] : [{ place, alt: item.alt ?? '' }]
  })
  if (shown.length === 0) return null
  return (
    <ul className={styles.pictures}>
      {shown.map(({ place, alt }) => (
        <li key={place}>
          <a href={place} target="_blank" rel="noopener noreferrer" title={alt}>
            <img src={place} alt={alt} loading="lazy" />
          </a>
        </li>
      ))}
    </ul>
  )
}
