import { channelTitle } from '../../../ui/channel-mark.tsx'
import { keyOf, useWays } from '../composer/use-ways.ts'
import { wishWay } from '../composer/way-wish.ts'
import { composerWords } from '../composer/words.ts'
import { useDesk } from '../desk-context.ts'
import styles from './message.module.css'

/** Where words did not arrive: the same words by another channel that the person chose. */
export function OtherWays({ caseId, text }: { readonly caseId: string; readonly text: string }) {
  const { can } = useDesk()
  const [, ...others] = useWays(caseId).data?.ways ?? []
  if (!can('cases.answer')) return null
  return others
    .filter((way) => way.can)
    .slice(0, 2)
    .map((way) => (
      <button
        key={keyOf(way)}
        type="button"
        className={styles.link}
        onClick={() => wishWay({ caseId, wayKey: keyOf(way), text })}
      >
        {composerWords.answerBy(channelTitle(way.channel), way.to)}
      </button>
    ))
}
