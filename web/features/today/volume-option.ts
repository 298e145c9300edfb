import type { EChartsCoreOption } from 'echarts/core'
import type { TodayView } from '../../../contract/reports.ts'
import type { ChartLook } from '../../ui/chart/chart-look.ts'
import { sayDay } from '../../ui/say-time.ts'

/** Came in as pale bars, answered within them; the last pair is named directly instead of a legend. */
export function volumeOption(days: TodayView['volume'], look: ChartLook): EChartsCoreOption {
  const label = { show: true, fontSize: 12, position: 'right', distance: 8 } as const
  const last = days.length - 1
  const top = Math.max(1, ...days.map((day) => day.inbound))
  const answeredAt = (days[last]?.answered ?? 0) / 2
  // The two names must not stand upon one another where little came in on the last day.
  const cameInAt = Math.max(days[last]?.inbound ?? 0, answeredAt + top * 0.14)
  return {
    grid: { left: 0, right: 76, top: 12, bottom: 0, containLabel: true },
    xAxis: {
      type: 'category',
      data: days.map((day) => day.day),
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
      axisLabel: { color: look.dim, formatter: sayDay, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: 1,
      splitNumber: 3,
      axisLabel: { color: look.dim },
      splitLine: { lineStyle: { color: look.line } },
    },
    series: [
      {
        name: 'Came in',
        type: 'bar',
        barGap: '-100%',
        barCategoryGap: '28%',
        itemStyle: { color: look.neutral, borderRadius: [2, 2, 0, 0] },
        data: days.map((day) => day.inbound),
      },
      {
        name: 'Answered',
        type: 'bar',
        itemStyle: { color: look.accent, borderRadius: [2, 2, 0, 0] },
        data: days.map((day) => day.answered),
      },
      named('Came in', cameInAt, last, { ...label, color: look.dim }),
      named('Answered', answeredAt, last, {
        ...label,
        color: look.accent,
        offset: [0, 6],
      }),
    ],
  }
}

/** An invisible point that carries the name of a series beside its last mark. */
function named(name: string, value: number, index: number, label: object) {
  return {
    name: '',
    type: 'scatter',
    symbolSize: 1,
    silent: true,
    tooltip: { show: false },
    itemStyle: { color: 'transparent' },
    label: { ...label, formatter: name },
    data: [[index, value]],
  }
}
