/** Below this width a picture leaves out what a phone has no room for. */
export const narrowWidth = 520

export interface ChartLook {
  readonly text: string
  readonly dim: string
  readonly line: string
  readonly surface: string
  readonly accent: string
  readonly soft: string
  readonly negative: string
  readonly neutral: string
  readonly positive: string
  readonly late: string
  readonly font: string
  readonly isStill: boolean
  /** Room for the picture, in pixels. */
  readonly width: number
}

/** The colours of the theme in force, for pictures that are painted rather than styled. */
export function readLook(place: Element): ChartLook {
  const style = getComputedStyle(place)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    text: token('--hs-text'),
    dim: token('--hs-dim'),
    line: token('--hs-line'),
    surface: token('--hs-surface'),
    accent: token('--hs-accent'),
    soft: token('--hs-accent-soft'),
    negative: token('--hs-negative-fill'),
    neutral: token('--hs-neutral-fill'),
    positive: token('--hs-positive-fill'),
    late: token('--hs-late'),
    font: style.fontFamily,
    isStill: matchMedia('(prefers-reduced-motion: reduce)').matches,
    width: place.clientWidth,
  }
}
