import { useMemo } from 'react'
import { useNavigate } from '@tanstack/react-router'
import type { TodayView } from '../../../contract/reports.ts'
import { useSession } from '../../session.ts'
import type { ChartOption } from '../../ui/chart/canvas.tsx'
import type { ChartTable } from '../../ui/chart/chart-table.ts'
import { Chart } from '../../ui/chart/chart.tsx'
import { volumeOption } from './volume-option.ts'
import { words } from './words.ts'

export function VolumeChart({ days }: { readonly days: TodayView['volume'] }) {
  const navigate = useNavigate()
  const { slug } = useSession()
  const option = useMemo<ChartOption>(() => (look) => volumeOption(days, look), [days])
  const table: ChartTable = {
    columns: [{ title: 'Day' }, { title: 'Came in', isNumber: true }, { title: 'Answered', isNumber: true }],
    rows: days.map((day) => [day.day, day.inbound, day.answered]),
  }
  function handleMark(row: number): void {
    const day = days[row]?.day
    if (day === undefined) return
    void navigate({
      to: '/w/$workspace/measure/response',
      params: { workspace: slug },
      search: { from: day, to: day, records: 'yes' },
    })
  }
  return (
    <Chart
      title={words.volumeTitle}
      table={table}
      option={option}
      height={220}
      fileName="volume-by-day"
      onMark={handleMark}
    />
  )
}
