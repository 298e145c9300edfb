import { IconBan, IconClockHour4, IconHourglass, IconPlugConnectedX, IconTemplate } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AnswerWay } from '../../../../contract/replies.ts'
import { channelTitle } from '../../../ui/channel-mark.tsx'
import { useNow } from '../../../ui/relative-time.tsx'
import { SafeText } from '../../../ui/safe-text.tsx'
import { sayDuration } from '../../../ui/say-time.ts'
import styles from './composer.module.css'
import { keyOf } from './use-ways.ts'
import { composerWords } from './words.ts'

export interface StandingLineProps {
  readonly way: AnswerWay
  readonly others: readonly AnswerWay[]
  readonly onWay: (way: AnswerWay) => void
}

const hourMs = 3_600_000

/** Whether we may answer here: until when, why not, and the way out. Nothing where nothing is in the way. */
export function StandingLine({ way, others, onWay }: StandingLineProps) {
  const now = useNow()
  const ways = others.filter((other) => other.can)
  if (!way.isConnected) {
    return (
      <Line glyph={<IconPlugConnectedX size={14} aria-hidden />} isGrave>
        {composerWords.notConnected} <WaysOut ways={ways} onWay={onWay} />
      </Line>
    )
  }
  if (!way.can) {
    const Glyph = way.only === 'template' ? IconTemplate : IconBan
    return (
      <Line glyph={<Glyph size={14} aria-hidden />} isGrave>
        <strong>{way.only === null ? composerWords.cannotHere : composerWords.only[way.only]}</strong>{' '}
        <SafeText text={sentence(way.reason)} isInline /> <WaysOut ways={ways} onWay={onWay} />
      </Line>
    )
  }
  if (way.waits !== null) {
    return (
      <Line glyph={<IconHourglass size={14} aria-hidden />} isGrave>
        <SafeText text={way.waits} isInline /> <WaysOut ways={ways} onWay={onWay} />
      </Line>
    )
  }
  const leftMs = way.until === null ? null : Date.parse(way.until) - now
  if (leftMs !== null && leftMs < 48 * hourMs) {
    return (
      <Line glyph={<IconClockHour4 size={14} aria-hidden />} isGrave={leftMs < 2 * hourMs}>
        {composerWords.closesIn(sayDuration(Math.max(0, leftMs) / 1000))}
      </Line>
    )
  }
  if (way.reason === '') return null
  return (
    <Line glyph={<IconClockHour4 size={14} aria-hidden />} isGrave={false}>
      <SafeText text={sentence(way.reason)} isInline />
    </Line>
  )
}

function sentence(reason: string): string {
  const text = reason.charAt(0).toUpperCase() + reason.slice(1)
  return /[.!?]$/.test(text) ? text : `${text}.`
}

function WaysOut({
  ways,
  onWay,
}: {
  readonly ways: readonly AnswerWay[]
  readonly onWay: StandingLineProps['onWay']
}) {
  return ways.slice(0, 3).map((way) => (
    <button key={keyOf(way)} type="button" className={styles.act} onClick={() => onWay(way)}>
      {composerWords.answerBy(channelTitle(way.channel), way.to)}
    </button>
  ))
}

interface LineProps {
  readonly glyph: ReactNode
  readonly isGrave: boolean
  readonly children: ReactNode
}

function Line({ glyph, isGrave, children }: LineProps) {
  return (
    <p className={styles.standing} data-grave={isGrave || undefined} role="status">
      {glyph}
      <span>{children}</span>
    </p>
  )
}
