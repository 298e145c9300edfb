import styles from './desk.module.css'
import type { PaneWidth } from './pane-width.ts'

/** The line between two panes; dragged, or moved with the arrows. */
export function PaneDivider({
  pane,
  title,
  controls,
}: {
  readonly pane: PaneWidth
  readonly title: string
  readonly controls: string
}) {
  return (
    // A separator that can be moved is a widget of its own in ARIA; the linter knows only the static one.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      className={styles.divider}
      role="separator"
      aria-orientation="vertical"
      aria-label={title}
      aria-controls={controls}
      aria-valuenow={pane.width}
      aria-valuemin={pane.least}
      aria-valuemax={pane.most}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onPointerDown={pane.onPointerDown}
      onKeyDown={pane.onKeyDown}
    />
  )
}
