import { cloneElement, Suspense, useState, type ReactElement, type ReactNode } from 'react'

interface TargetProps {
  readonly onClick?: () => void
  readonly onPointerEnter?: () => void
  readonly onFocus?: () => void
}

export interface LateMenuProps {
  /** The button that opens it. */
  readonly target: ReactElement<TargetProps>
  /** Begins to load the menu: on the way to the button, before it is pressed. */
  readonly preload: () => Promise<unknown>
  /** The menu round the button, opened at once. */
  readonly children: (target: ReactElement<TargetProps>) => ReactNode
}

/** A menu whose code is loaded when somebody reaches for it. */
export function LateMenu({ target, preload, children }: LateMenuProps) {
  const [isWanted, setIsWanted] = useState(false)
  const handleNear = (): void => void preload()
  if (!isWanted) {
    return cloneElement(target, {
      onClick: () => setIsWanted(true),
      onPointerEnter: handleNear,
      onFocus: handleNear,
    })
  }
  return <Suspense fallback={target}>{children(target)}</Suspense>
}
