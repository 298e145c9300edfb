import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import type { AnswerWay } from '../../../../contract/replies.ts'
import { ChannelMark, channelTitle } from '../../../ui/channel-mark.tsx'
import { SafeText } from '../../../ui/safe-text.tsx'
import { visibilityTitles } from '../words.ts'
import styles from './composer.module.css'
import { type ChosenWay, keyOf } from './use-ways.ts'
import { composerWords } from './words.ts'

/** Who speaks where and to how many; a list where there is a choice. */
export function WayPicker({ detail, chosen }: { readonly detail: CaseDetail; readonly chosen: ChosenWay }) {
  const { way, others } = chosen
  const channel = way?.channel ?? detail.channel
  const presence = way === undefined ? detail.presence : way.presence
  const name = (
    <>
      <ChannelMark channel={channel} />
      {presence !== null && (
        <>
          {composerWords.as} <SafeText text={presence} isInline className={styles.presence} />
        </>
      )}
    </>
  )
  return (
    <>
      {way === undefined || others.length === 0 ? (
        <span className={styles.as}>{name}</span>
      ) : (
        <Menu position="top-start" width={280}>
          <Menu.Target>
            <button type="button" className={styles.pick} aria-label={composerWords.pickWay}>
              {name} <IconChevronDown size={12} aria-hidden />
            </button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{composerWords.pickWay}</Menu.Label>
            {[way, ...others].map((item) => (
              <WayItem key={keyOf(item)} way={item} isChosen={item === way} onWay={chosen.onWay} />
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <VisibilityPicker chosen={chosen} />
    </>
  )
}

interface WayItemProps {
  readonly way: AnswerWay
  readonly isChosen: boolean
  readonly onWay: (way: AnswerWay) => void
}

function WayItem({ way, isChosen, onWay }: WayItemProps) {
  return (
    <Menu.Item
      leftSection={<ChannelMark channel={way.channel} />}
      rightSection={isChosen ? <IconCheck size={14} aria-hidden /> : null}
      onClick={() => onWay(way)}
    >
      <span className={styles.wayName}>
        {channelTitle(way.channel)}
        {way.to !== null && <SafeText text={way.to} isInline className={styles.wayTo} />}
      </span>
      {!way.can && <span className={styles.wayWhy}>{composerWords.notHere(way.reason)}</span>}
    </Menu.Item>
  )
}

function VisibilityPicker({ chosen: { way, visibility, onVisibility } }: { readonly chosen: ChosenWay }) {
  if (way === undefined || visibility === undefined || way.visibilities.length < 2) return null
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={styles.pick} aria-label={composerWords.pickVisibility}>
          {visibilityTitles[visibility]} <IconChevronDown size={12} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{composerWords.pickVisibility}</Menu.Label>
        {way.visibilities.map((level) => (
          <Menu.Item
            key={level}
            rightSection={level === visibility ? <IconCheck size={14} aria-hidden /> : null}
            onClick={() => onVisibility(level)}
          >
            {visibilityTitles[level]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
