export interface Arc {
  /** Degrees clockwise from the top. */
  readonly from: number
  readonly to: number
}

const emptyGap = 300

/**
 * The arc for a share: the gap stands at the bottom, in the middle, and closes from both tips. Nothing answered
 * leaves a short crown of 60 degrees, so that it is still seen as a horseshoe; everything answered is a full ring.
 */
export function ringArc(share: number): Arc {
  const bounded = Math.min(1, Math.max(0, share))
  const gap = emptyGap * (1 - bounded)
  return { from: 180 + gap / 2, to: 540 - gap / 2 }
}

/** SVG path of an arc round (100, 100). A full ring is drawn as two halves. */
export function ringPath(arc: Arc, radius: number): string {
  const span = arc.to - arc.from
  if (span >= 359.99) {
    const middle = arc.from + 180
    return `${ringPath({ from: arc.from, to: middle }, radius)} ${ringPath({ from: middle, to: arc.from + 359.9 }, radius)}`
  }
  const [x1, y1] = pointAt(arc.from, radius)
  const [x2, y2] = pointAt(arc.to, radius)
  return `M${x1} ${y1}A${radius} ${radius} 0 ${span > 180 ? 1 : 0} 1 ${x2} ${y2}`
}

/** A line across the ring, at the tip of another week's gap. */
export function ringNotch(degrees: number, inner: number, outer: number): string {
  const [x1, y1] = pointAt(degrees, inner)
  const [x2, y2] = pointAt(degrees, outer)
  return `M${x1} ${y1}L${x2} ${y2}`
}

/** Round caps of a stroke of 16 on a radius of 84 reach this far beyond the ends of a path. */
const capDegrees = 5.46

/** The same arc drawn so that its round caps end where the arc ends; a closed ring has none. */
export function withoutCaps(arc: Arc): Arc {
  if (arc.to - arc.from >= 359.99) return arc
  return { from: arc.from + capDegrees, to: arc.to - capDegrees }
}

function pointAt(degrees: number, radius: number): readonly [number, number] {
  const angle = ((degrees - 90) * Math.PI) / 180
  return [round(100 + radius * Math.cos(angle)), round(100 + radius * Math.sin(angle))]
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
