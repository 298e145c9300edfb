import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use as register, type EChartsCoreOption, type EChartsType } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import { narrowWidth, readLook, type ChartLook } from './chart-look.ts'

register([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  GridComponent,
  MarkLineComponent,
  TooltipComponent,
  CanvasRenderer,
])

export type ChartOption = (look: ChartLook) => EChartsCoreOption

/** What the frame round the picture may ask of it. */
export interface Picture {
  toPng(): string
}

export interface CanvasProps {
  readonly option: ChartOption
  readonly height: number
  readonly onMark: ((row: number) => void) | undefined
  /** Told the picture when it is there, and null when it goes. Keep it the same from one render to the next. */
  readonly onPicture: (picture: Picture | null) => void
}

/** The painted picture. This file alone loads the chart library. */
export function Canvas({ option, height, onMark, onPicture }: CanvasProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType>(null)
  const mark = useRef(onMark)
  useEffect(() => {
    mark.current = onMark
  }, [onMark])
  const scheme = useComputedColorScheme('light')
  const { ref: measured, width } = useElementSize()
  const isNarrow = width > 0 && width < narrowWidth

  useEffect(() => {
    if (place.current === null) return
    const made = init(place.current, null, { renderer: 'canvas' })
    chart.current = made
    onPicture({
      toPng: () => made.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: surfaceOf(made) }),
    })
    made.on('click', (event) => mark.current?.(event.dataIndex))
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(place.current)
    return () => {
      observer.disconnect()
      made.dispose()
      chart.current = null
      onPicture(null)
    }
  }, [onPicture])

  useEffect(() => {
    if (place.current === null) return
    const look = readLook(place.current)
    chart.current?.setOption({ ...common(look), ...option(look) }, { notMerge: true })
  }, [option, scheme, isNarrow])

  useEffect(() => chart.current?.resize(), [height])

  // Readers and keyboards use the table beside it, which says the same.
  return (
    <div ref={measured} aria-hidden="true">
      <div ref={place} style={{ height }} />
    </div>
  )
}

function common(look: ChartLook): EChartsCoreOption {
  return {
    animation: !look.isStill,
    animationDuration: 300,
    textStyle: { fontFamily: look.font, color: look.dim, fontSize: 12 },
    tooltip: {
      trigger: 'axis',
      // Names in it may be strangers' words: painted as text, never as HTML.
      renderMode: 'richText',
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { color: look.text, fontSize: 12, fontFamily: look.font },
    },
  }
}

function surfaceOf(chart: EChartsType): string {
  return readLook(chart.getDom()).surface
}
