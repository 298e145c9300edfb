import type { ResponseFigures } from '../../contract/reports.ts'
import { summariseResponse, type Waits } from '../outcomes/index.ts'

/** What a report says of these waits; none at all is a report as well. */
export function figuresOf(waits: Waits | undefined): ResponseFigures {
  const said = summariseResponse(waits ?? { answered: [], waiting: [] })
  return {
    turns: said.turns,
    answered: said.answered,
    share: said.share,
    interval: said.interval,
    p50Seconds: said.p50Seconds,
    p90Seconds: said.p90Seconds,
    kaplanMeierMedianSeconds: said.kaplanMeierMedianSeconds,
  }
}
