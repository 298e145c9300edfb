import { Button, Menu, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { lazy, Suspense, useCallback, useRef, useState, type ReactNode, type RefObject } from 'react'
import { Card } from '../page.tsx'
import { Block } from '../states.tsx'
import type { ChartOption, Picture } from './canvas.tsx'
import { sayCell, toCsv, type ChartTable } from './chart-table.ts'
import styles from './chart.module.css'
import { download } from './download.ts'

const Canvas = lazy(() => import('./canvas.tsx').then((module) => ({ default: module.Canvas })))

export interface ChartProps {
  /** The finding, or the measure with its unit. */
  readonly title: string
  readonly about?: ReactNode
  readonly table: ChartTable
  /** Memoise it: a new function paints anew. */
  readonly option: ChartOption
  readonly height: number
  /** Name of downloads, without ending. */
  readonly fileName: string
  /** Opens the records of one row, by its place in the table. */
  readonly onMark?: (row: number) => void
  /** The server's own CSV, where it holds more than the picture. */
  readonly csvHref?: string
}

/** A chart that can be looked at, read as a table, opened mark by mark, and taken along as CSV or PNG. */
export function Chart({ title, about, table, option, height, fileName, onMark, csvHref }: ChartProps) {
  const [form, setForm] = useState<'picture' | 'table'>('picture')
  const picture = useRef<Picture | null>(null)
  const keepPicture = useCallback((next: Picture | null) => {
    picture.current = next
  }, [])
  return (
    <Card
      title={title}
      about={about}
      actions={
        <>
          <SegmentedControl
            size="xs"
            aria-label="Show as"
            value={form}
            onChange={setForm}
            data={[
              { value: 'picture', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
          <Downloads table={table} fileName={fileName} picture={picture} csvHref={csvHref} />
        </>
      }
    >
      {form === 'picture' && (
        <Suspense fallback={<Block height={height} />}>
          <Canvas option={option} height={height} onMark={onMark} onPicture={keepPicture} />
        </Suspense>
      )}
      <div className={form === 'table' ? styles.scroll : 'hs-visually-hidden'}>
        <DataTable caption={title} table={table} onRow={form === 'table' ? onMark : undefined} />
      </div>
    </Card>
  )
}

interface DownloadsProps {
  readonly table: ChartTable
  readonly fileName: string
  readonly picture: RefObject<Picture | null>
  readonly csvHref: string | undefined
}

function Downloads({ table, fileName, picture, csvHref }: DownloadsProps) {
  function handleCsv(): void {
    download(`${fileName}.csv`, new Blob([toCsv(table)], { type: 'text/csv;charset=utf-8' }))
  }
  async function handlePng(): Promise<void> {
    const png = picture.current?.toPng()
    if (png !== undefined) download(`${fileName}.png`, bytesOf(png))
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconDownload size={14} />}>
          Download
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {csvHref === undefined ? (
          <Menu.Item onClick={handleCsv}>CSV</Menu.Item>
        ) : (
          <Menu.Item component="a" href={csvHref} download>
            CSV
          </Menu.Item>
        )}
        <Menu.Item onClick={() => void handlePng()}>PNG</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

export interface DataTableProps {
  readonly caption: string
  readonly table: ChartTable
  readonly onRow?: ((row: number) => void) | undefined
}

/** Rows with tabular figures; the first cell of each opens its records. */
function DataTable({ caption, table, onRow }: DataTableProps) {
  return (
    <table className={styles.table}>
      <caption className="hs-visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {table.columns.map((column) => (
            <th key={column.title} scope="col" data-number={column.isNumber || undefined}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {table.columns.map((column, at) => (
              <td key={column.title} data-number={column.isNumber || undefined}>
                {at === 0 && onRow !== undefined ? (
                  <button type="button" className={styles.open} onClick={() => onRow(index)}>
                    {sayCell(row[at] ?? null, column)}
                  </button>
                ) : (
                  sayCell(row[at] ?? null, column)
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The bytes of a `data:` address; asking the network for it would be refused by the page's policy. */
function bytesOf(address: string): Blob {
  const binary = atob(address.slice(address.indexOf(',') + 1))
  return new Blob([Uint8Array.from(binary, (sign) => sign.charCodeAt(0))], { type: 'image/png' })
}
