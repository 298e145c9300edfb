import { type KeyboardEvent, type PointerEvent, useState } from 'react'

export interface PaneWidth {
  readonly width: number
  readonly least: number
  readonly most: number
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

interface PaneRange {
  readonly name: string
  readonly usual: number
  readonly least: number
  readonly most: number
  /** 1 where dragging to the right widens the pane, -1 where it narrows it. */
  readonly sign: 1 | -1
}

function stored(name: string): number | null {
  const value = Number(localStorage.getItem(`horseshoe.pane.${name}`))
  return Number.isFinite(value) && value > 0 ? value : null
}

/** The width of a pane, moved by mouse or arrows and kept in this browser. */
export function usePaneWidth({ name, usual, least, most, sign }: PaneRange): PaneWidth {
  const [width, setWidth] = useState(() => clamp(stored(name) ?? usual, least, most))

  function change(next: number): void {
    const fitting = clamp(next, least, most)
    setWidth(fitting)
    try {
      localStorage.setItem(`horseshoe.pane.${name}`, String(fitting))
    } catch {
      // The width holds for this visit.
    }
  }

  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    event.preventDefault()
    const handle = event.currentTarget
    const from = event.clientX
    handle.setPointerCapture(event.pointerId)
    const handleMove = (move: globalThis.PointerEvent) => change(width + (move.clientX - from) * sign)
    handle.addEventListener('pointermove', handleMove)
    handle.addEventListener(
      'lostpointercapture',
      () => handle.removeEventListener('pointermove', handleMove),
      {
        once: true,
      },
    )
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    change(width + (event.key === 'ArrowRight' ? 16 : -16) * sign)
  }

  return { width, least, most, onPointerDown, onKeyDown }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)))
}
