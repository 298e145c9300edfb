export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export function room(box: Box, title: string, lines: readonly string[], kind = 'room'): string {
  const middle = box.x + box.width / 2
  const first = box.y + box.height / 2 - (lines.length * 16) / 2 + 5
  const texts = lines.map(
    (line, index) => `<text class="small" x="${middle}" y="${first + 17 * (index + 1)}">${line}</text>`,
  )
  return [
    `<rect class="${kind}" x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="10"/>`,
    `<text class="title" x="${middle}" y="${first}">${title}</text>`,
    ...texts,
  ].join('\n')
}

/** A line through right-angled corners, rounded, with an arrow at its end and its count near its start. */
export function route(points: readonly Point[], count: number): string {
  const [start, second] = points
  if (start === undefined || second === undefined) return ''
  const label = isVertical(start, second)
    ? { x: start.x, y: start.y + Math.sign(second.y - start.y) * 17 + 4 }
    : { x: start.x + Math.sign(second.x - start.x) * 20, y: start.y + 4 }
  return `${line(roundedPath(points), count)}\n${countLabel(label, count)}`
}

/** A bow to the right from one row to another. */
export function bow(from: Point, to: Point, reach: number, count: number): string {
  const x = from.x + reach
  const path = `M${from.x} ${from.y} C${x} ${from.y} ${x} ${to.y} ${to.x + 6} ${to.y}`
  const apex = { x: Math.round(from.x + reach * 0.75), y: Math.round((from.y + to.y) / 2) + 4 }
  return `${line(path, count)}\n${countLabel(apex, count)}`
}

function line(path: string, count: number): string {
  const width = Math.min(4, 1 + Math.log2(count + 1) / 2).toFixed(1)
  return `<path class="import" d="${path}" stroke-width="${width}" marker-end="url(#head)"/>`
}

function countLabel(at: Point, count: number): string {
  return `<text class="count" x="${at.x}" y="${at.y}">${count}</text>`
}

function isVertical(a: Point, b: Point): boolean {
  return a.x === b.x
}

function roundedPath(points: readonly Point[]): string {
  const corner = 10
  return points
    .map((point, index) => {
      const before = points[index - 1]
      const after = points[index + 1]
      if (before === undefined) return `M${point.x} ${point.y}`
      if (after === undefined) return `L${point.x} ${point.y}`
      const from = towards(point, before, corner)
      const to = towards(point, after, corner)
      return `L${from.x} ${from.y} Q${point.x} ${point.y} ${to.x} ${to.y}`
    })
    .join(' ')
}

function towards(from: Point, to: Point, distance: number): Point {
  return {
    x: from.x + Math.sign(to.x - from.x) * distance,
    y: from.y + Math.sign(to.y - from.y) * distance,
  }
}
