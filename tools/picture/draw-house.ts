import { slicesInLoopOrder } from '../rooms.ts'
import type { HouseGraph } from './count-imports.ts'
import { type Box, bow, type Point, room, route } from './shapes.ts'

const rowHeight = 38
const panelTop = 138
const width = 1080

const style = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #23262f; text-anchor: middle; }
  .heading { font-size: 20px; font-weight: 650; text-anchor: start; }
  .lead { fill: #5d6472; text-anchor: start; }
  .title { font-weight: 600; font-size: 14px; }
  .name { text-anchor: start; }
  .small { fill: #5d6472; font-size: 12px; }
  .count { font-size: 11px; font-weight: 600; fill: #3b4a8f; stroke: #fbfbfd; stroke-width: 4px; paint-order: stroke; }
  .paper { fill: #fbfbfd; stroke: #e3e5ec; }
  .room { fill: #fff; stroke: #c9cdd8; }
  .panel { fill: #f1f3f9; stroke: #d9dde8; }
  .slice { fill: #fff; stroke: #8f9bd1; }
  .base { fill: #eaf3ee; stroke: #a9cbb8; }
  .import { fill: none; stroke: #6f7fc7; stroke-opacity: .75; }
  .head { fill: #6f7fc7; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e8eaf0; } .lead, .small { fill: #a3aabb; }
    .count { fill: #c3ccff; stroke: #15171d; }
    .paper { fill: #15171d; stroke: #2c303b; } .room { fill: #1e2129; stroke: #434957; }
    .panel { fill: #1a1d25; stroke: #303543; } .slice { fill: #232733; stroke: #6673b5; }
    .base { fill: #1b2a23; stroke: #3f6a53; }
  }`

/** The house as one SVG: rooms as boxes, imports as arrows, the number of imports beside each. Same graph, same bytes. */
export function drawHouse(graph: HouseGraph): string {
  const slices = slicesInLoopOrder.filter((name) => graph.files.has(name))
  const panel = { x: 290, y: panelTop, width: 500, height: slices.length * rowHeight + 46 }
  const bottom = panel.y + panel.height
  const boxes = {
    web: { x: 40, y: panelTop, width: 180, height: panel.height },
    channels: { x: 860, y: panelTop, width: 180, height: panel.height },
    root: { x: 430, y: 64, width: 220, height: 46 },
    platform: { x: 400, y: bottom + 50, width: 280, height: 56 },
    contract: { x: 40, y: bottom + 176, width: 560, height: 56 },
    lib: { x: 620, y: bottom + 176, width: 420, height: 56 },
  }
  const height = bottom + 290
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>The rooms of Horseshoe and what they import of one another</title>',
    `<style>${style}\n</style>`,
    '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse"><path class="head" d="M0 0 L8 4 L0 8 z"/></marker></defs>',
    `<rect class="paper" x="1" y="1" width="${width - 2}" height="${height - 2}" rx="16"/>`,
    '<text class="heading" x="40" y="44">Horseshoe, room by room</text>',
    ...drawRooms(boxes, panel, graph),
    ...drawSlices(slices, panel, graph),
    ...drawRoutes(boxes, panel, slices, graph),
    `<text class="lead" x="40" y="${height - 24}">An arrow reads "imports"; the number counts imports between files. Training, tests, benches and tools are not drawn.</text>`,
    '</svg>',
    '',
  ].join('\n')
}

type Boxes = Readonly<Record<'web' | 'channels' | 'root' | 'platform' | 'contract' | 'lib', Box>>

function drawRooms(boxes: Boxes, panel: Box, graph: HouseGraph): readonly string[] {
  return [
    room(boxes.web, 'web', [filesIn(graph, 'web'), 'React, in the browser']),
    room(boxes.channels, 'channels', [filesIn(graph, 'channels'), 'plugs of one shape']),
    room(boxes.root, 'main, app, cli, config', [filesIn(graph, 'root')]),
    room(boxes.platform, 'platform', [`${filesIn(graph, 'platform')}: the outside world`]),
    room(
      boxes.contract,
      'contract',
      [`${filesIn(graph, 'contract')}: what may be said and heard; pure`],
      'base',
    ),
    room(boxes.lib, 'lib', [`${filesIn(graph, 'lib')}: no product word; pure`], 'base'),
    `<rect class="panel" x="${panel.x}" y="${panel.y}" width="${panel.width}" height="${panel.height}" rx="12"/>`,
    `<text class="small" x="${panel.x + 120}" y="${panel.y + 24}">slices, in the order of the loop</text>`,
  ]
}

function drawSlices(slices: readonly string[], panel: Box, graph: HouseGraph): readonly string[] {
  const right = panel.x + 230
  const rows = slices.map((name, index) => {
    const y = rowTop(panel, index)
    return [
      `<rect class="slice" x="${panel.x + 20}" y="${y}" width="210" height="${rowHeight - 8}" rx="8"/>`,
      `<text class="title name" x="${panel.x + 34}" y="${y + 20}">${name}</text>`,
      `<text class="small" x="${panel.x + 190}" y="${y + 20}">${filesIn(graph, name)}</text>`,
    ].join('\n')
  })
  const bows = slices.flatMap((from, fromRow) =>
    slices.flatMap((to, toRow) => {
      const count = graph.imports.get(`${from}>${to}`)
      if (count === undefined) return []
      const start = { x: right, y: rowTop(panel, fromRow) + 10 }
      const end = { x: right, y: rowTop(panel, toRow) + 20 }
      return [bow(start, end, 22 + Math.abs(fromRow - toRow) * 29, count)]
    }),
  )
  return [...rows, ...bows]
}

function drawRoutes(
  boxes: Boxes,
  panel: Box,
  slices: readonly string[],
  graph: HouseGraph,
): readonly string[] {
  const bottom = panel.y + panel.height
  const top = boxes.contract.y
  const all = (to: string): number => sum(slices.map((slice) => graph.imports.get(`${slice}>${to}`) ?? 0))
  const one = (key: string): number => graph.imports.get(key) ?? 0
  const rootToSlices = sum(slices.map((slice) => one(`root>${slice}`)))
  const rootMiddle = boxes.root.y + boxes.root.height / 2
  const rootRight = boxes.root.x + boxes.root.width
  const platformBottom = boxes.platform.y + boxes.platform.height
  const routes: readonly (readonly [number, readonly Point[]])[] = [
    [one('web>contract'), [at(90, bottom), at(90, top)]],
    [one('web>lib'), [at(170, bottom), at(170, bottom + 136), at(760, bottom + 136), at(760, top)]],
    [one('channels>lib'), [at(990, bottom), at(990, top)]],
    [one('channels>contract'), [at(910, bottom), at(910, bottom + 154), at(570, bottom + 154), at(570, top)]],
    [rootToSlices, [at(540, boxes.root.y + boxes.root.height), at(540, panel.y)]],
    [one('root>channels'), [at(rootRight, rootMiddle), at(950, rootMiddle), at(950, panel.y)]],
    [
      one('root>platform'),
      [at(430, rootMiddle - 8), at(268, rootMiddle - 8), at(268, bottom + 78), at(400, bottom + 78)],
    ],
    [one('root>contract'), [at(430, rootMiddle + 10), at(246, rootMiddle + 10), at(246, top)]],
    [one('root>lib'), [at(rootRight, rootMiddle + 14), at(826, rootMiddle + 14), at(826, top)]],
    [all('platform'), [at(540, bottom), at(540, boxes.platform.y)]],
    [all('contract'), [at(340, bottom), at(340, top)]],
    [all('lib'), [at(730, bottom), at(730, top)]],
    [one('platform>contract'), [at(470, platformBottom), at(470, top)]],
    [one('platform>lib'), [at(650, platformBottom), at(650, top)]],
    [all('channels'), [at(panel.x + panel.width, panel.y + 60), at(860, panel.y + 60)]],
  ]
  return routes.filter(([count]) => count > 0).map(([count, points]) => route(points, count))
}

function rowTop(panel: Box, index: number): number {
  return panel.y + 38 + index * rowHeight
}

function filesIn(graph: HouseGraph, name: string): string {
  const count = graph.files.get(name) ?? 0
  return `${count} ${count === 1 ? 'file' : 'files'}`
}

function at(x: number, y: number): Point {
  return { x, y }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
