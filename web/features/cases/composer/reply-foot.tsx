import { Button, Menu, Tooltip } from '@mantine/core'
import { IconChevronDown, IconPlugConnectedX } from '@tabler/icons-react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { AttachButton } from '../../replies/attach-button.tsx'
import type { Files } from '../../replies/use-files.ts'
import { useDesk } from '../desk-context.ts'
import type { Room } from './channel-limits.ts'
import styles from './composer.module.css'
import type { AfterSending } from './use-send.ts'
import type { ChosenWay } from './use-ways.ts'
import { WayPicker } from './way-picker.tsx'
import { composerWords } from './words.ts'

export interface ReplyFootProps {
  readonly detail: CaseDetail
  readonly chosen: ChosenWay
  readonly files: Files
  /** It goes out, and is not only kept here. */
  readonly leaves: boolean
  readonly room: Room
  readonly isStored: boolean
  readonly isKept: boolean
  readonly isSending: boolean
  readonly canSend: boolean
  readonly onSend: (then: AfterSending) => void
}

/** Who speaks where, how much room is left, and the ways to send. */
export function ReplyFoot(props: ReplyFootProps) {
  const { detail, room, isStored, isKept } = props
  const { can } = useDesk()
  return (
    <>
      {props.chosen.way === undefined && !detail.canSend.isConnected && (
        <p className={styles.notConnected}>
          <IconPlugConnectedX size={14} aria-hidden />
          <span>{composerWords.notConnected}</span>
        </p>
      )}
      <div className={styles.foot}>
        {can('cases.answer') && <AttachButton files={props.files} />}
        <WayPicker detail={detail} chosen={props.chosen} />
        <span className={styles.kept}>{isKept && isStored && composerWords.saved}</span>
        {!isStored && <span className={styles.lost}>{composerWords.notSaved}</span>}
        <span
          className={styles.room}
          data-tight={room.isTight || undefined}
          data-over={room.isOver || undefined}
        >
          {room.isShown && (
            <>
              <span aria-hidden>{composerWords.characters(room.used, room.limit)}</span>
              <span className="hs-visually-hidden">
                {composerWords.charactersLong(room.used, room.limit)}
              </span>
            </>
          )}
        </span>
        {can('cases.answer') ? (
          <SendButton {...props} />
        ) : (
          <span className={styles.kept}>{composerWords.cannotAnswer}</span>
        )}
      </div>
    </>
  )
}

function SendButton({ leaves, isSending, canSend, onSend }: ReplyFootProps) {
  const title = leaves ? composerWords.send : composerWords.record
  return (
    <Button.Group>
      <Tooltip label={composerWords.sendKeys}>
        <Button size="compact-md" loading={isSending} disabled={!canSend} onClick={() => onSend('pending')}>
          {title}
        </Button>
      </Tooltip>
      <Menu position="top-end" width={260}>
        <Menu.Target>
          <Button
            size="compact-md"
            px={6}
            disabled={!canSend}
            aria-label={composerWords.sendAnd}
            className={styles.other}
          >
            <IconChevronDown size={15} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onSend('pending')}>{composerWords.sendPending}</Menu.Item>
          <Menu.Item onClick={() => onSend('resolved')}>{composerWords.sendResolve}</Menu.Item>
          <Menu.Item onClick={() => onSend('open')}>{composerWords.sendOpen}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}
