import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Figure } from './reading.ts'

export type { Figure }

/** Units of which less is better; of all others more is. */
const costs = new Set(['ms', 's', 's per 1,000', 'MB', 'kB', 'lost', 'requests', 'different', '% of a core'])

export type Verdict = 'met' | 'MISSED' | ''

export function verdictOf({ value, want, unit }: Figure): Verdict {
  if (want === undefined) return ''
  const isMet = costs.has(unit) ? value <= Number(want) : value >= Number(want)
  return isMet ? 'met' : 'MISSED'
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

/** Lines of a table: name, value, wanted, reference, verdict. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${figure.value.toLocaleString('en')} ${figure.unit}`.trim(),
    wantOf(figure),
    figure.reference === undefined
      ? ''
      : `${figure.reference.value.toLocaleString('en')} ${figure.reference.name}`,
    verdictOf(figure),
  ])
  const all = [['what', 'measured', 'wanted', 'beside it', ''], ...rows]
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}

function wantOf({ want, unit }: Figure): string {
  if (want === undefined) return ''
  return `${costs.has(unit) ? '<=' : '>='} ${Number(want).toLocaleString('en')}`
}

/** For a piece that is run by itself. */
export async function runAlone(moduleUrl: string, piece: () => Promise<readonly Figure[]>): Promise<void> {
  if (argv[1] !== fileURLToPath(moduleUrl)) return
  process.stdout.write(tableOf(await piece()))
}
