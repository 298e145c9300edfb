import { IconRosetteDiscountCheck } from '@tabler/icons-react'
import type { Identity } from '../../../contract/people.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { SafeText } from '../../ui/safe-text.tsx'
import styles from './facts.module.css'
import { personWords, ruleTitles } from './words.ts'

/** Handles, addresses and numbers; each says why it belongs to this person. */
export function Identities({ identities }: { readonly identities: readonly Identity[] }) {
  return (
    <ul className={styles.identities}>
      {identities.map((identity) => (
        <li key={identity.id}>
          <details>
            <summary>
              <ChannelMark channel={identity.channel} />
              <SafeText text={titleOf(identity)} isInline className={styles.handle} />
              {identity.verifiedEmail !== null && (
                <span className={styles.verified} title={personWords.verified}>
                  <IconRosetteDiscountCheck size={14} aria-label={personWords.verified} />
                </span>
              )}
              <span className={styles.whyHere}>{personWords.whyHere}</span>
            </summary>
            <Evidence identity={identity} />
          </details>
        </li>
      ))}
    </ul>
  )
}

function titleOf({ handle, name, verifiedEmail, customerId }: Identity): string {
  if (handle !== null && handle !== '') return /@|^\+?[\d\s]+$/.test(handle) ? handle : `@${handle}`
  return verifiedEmail ?? name ?? customerId ?? personWords.noHandle
}

function Evidence({ identity }: { readonly identity: Identity }) {
  return (
    <div className={styles.evidence}>
      {identity.verifiedEmail !== null && (
        <p>
          <SafeText text={identity.verifiedEmail} isInline />, {personWords.verified}
        </p>
      )}
      {identity.customerId !== null && (
        <p>
          {personWords.customerId} <SafeText text={identity.customerId} isInline />
        </p>
      )}
      <ul>
        {identity.links.map((link) => (
          <li key={`${link.rule} ${link.at}`}>
            <strong>{ruleTitles[link.rule]}</strong> <SafeText text={link.detail} isInline />
            {link.by !== null && (
              <>
                {' '}
                · <SafeText text={link.by} isInline />
              </>
            )}{' '}
            · <RelativeTime at={link.at} />
          </li>
        ))}
      </ul>
    </div>
  )
}
