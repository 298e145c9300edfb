import { z } from 'zod'
import { Day, endpoint, Id, Instant, page, PageInput } from './endpoint.ts'
import { Sentiment } from './reading.ts'

/** 95 % interval of a share. */
export const Interval = z.object({ low: z.number(), high: z.number() })

/** `-` asks for what has none. */
const none = z.literal('-')

export const ReportFilter = z.object({
  from: Day.optional(),
  to: Day.optional(),
  presence: Id.or(none).optional(),
  /** Of the case; `-` for turns without a case. */
  function: z.string().max(40).optional(),
  /** A reading label of the turn; `-` for turns without any. */
  intent: z.string().max(40).optional(),
  /** Hour of the day in the workspace's time zone, 0 to 23. */
  hour: z.coerce.number().int().min(0).max(23).optional(),
  channel: z.string().max(64).optional(),
})
export type ReportFilter = z.infer<typeof ReportFilter>

/** Figures of response over turns. Seconds; null where nothing was answered or the median is not reached. */
export const ResponseFigures = z.object({
  turns: z.number().int(),
  answered: z.number().int(),
  share: z.number().nullable(),
  interval: Interval.nullable(),
  p50Seconds: z.number().nullable(),
  p90Seconds: z.number().nullable(),
  /** Median with the unanswered counted as still waiting. */
  kaplanMeierMedianSeconds: z.number().nullable(),
})
export type ResponseFigures = z.infer<typeof ResponseFigures>

export const ResponseReport = ResponseFigures.extend({
  engagements: z.number().int(),
  inbound: z.number().int(),
  outbound: z.number().int(),
  persons: z.number().int(),
  presences: z.number().int(),
})
export type ResponseReport = z.infer<typeof ResponseReport>

export const Dimension = z.enum(['presence', 'function', 'intent', 'hour', 'day', 'week', 'channel'])
export type Dimension = z.infer<typeof Dimension>

export const BreakdownRow = ResponseFigures.extend({ key: z.string(), title: z.string() })
export type BreakdownRow = z.infer<typeof BreakdownRow>

export const TurnRow = z.object({
  id: Id,
  personId: Id,
  person: z.string(),
  presence: z.string().nullable(),
  channel: z.string(),
  function: z.string().nullable(),
  labels: z.array(z.string()),
  text: z.string(),
  startedAt: Instant,
  answeredAt: Instant.nullable(),
  seconds: z.number().nullable(),
  caseId: Id.nullable(),
  sentimentBefore: Sentiment.nullable(),
  sentimentAfter: Sentiment.nullable(),
})
export type TurnRow = z.infer<typeof TurnRow>

/** Rows: feeling before; columns: feeling after; order negative, neutral, positive. */
const Table3x3 = z.array(z.array(z.number().int()).length(3)).length(3)
const ShiftGroup = z.object({
  n: z.number().int(),
  table: Table3x3,
  /** Share that ended better minus share that ended worse, of those who spoke again. */
  netShift: z.number().nullable(),
  /** Of those who began negative and spoke again: share that ended better. */
  improvedOfNegative: z.number().nullable(),
  improvedInterval: Interval.nullable(),
  negativeN: z.number().int(),
  /** Share that never spoke again. */
  silentShare: z.number().nullable(),
})
export const OutcomeReport = z.object({
  answered: ShiftGroup,
  /** Turns that began alike and were not answered, or late: what happens by itself. */
  control: ShiftGroup,
  /** Answered minus control, of the share of negative starters that improved (Newcombe). */
  difference: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
  controlDefinition: z.string(),
  csat: z.object({
    n: z.number().int(),
    share: z.number().nullable(),
    interval: Interval.nullable(),
    asked: z.number().int(),
  }),
  resolved: z.object({
    n: z.number().int(),
    p50Seconds: z.number().nullable(),
    p90Seconds: z.number().nullable(),
  }),
})
export type OutcomeReport = z.infer<typeof OutcomeReport>

/** A report's filter, and which of its turns. */
export const TurnsInput = PageInput.extend(ReportFilter.shape).extend({
  answered: z.stringbool().or(z.boolean()).optional(),
  before: Sentiment.optional(),
  after: z.enum(['negative', 'neutral', 'positive', 'silent']).optional(),
  group: z.enum(['answered', 'control']).optional(),
})
export type TurnsInput = z.infer<typeof TurnsInput>

const response = endpoint('reports.read')
  .route({ method: 'GET', path: '/reports/response', summary: 'Response figures' })
  .input(ReportFilter)
  .output(ResponseReport)
const breakdown = endpoint('reports.read')
  .route({ method: 'GET', path: '/reports/response/by', summary: 'Response figures by one dimension' })
  .input(ReportFilter.extend({ dimension: Dimension }))
  .output(z.object({ rows: z.array(BreakdownRow) }))
const turns = endpoint('reports.read')
  .route({
    method: 'GET',
    path: '/reports/turns',
    summary: 'The turns that a figure is made of, newest first',
  })
  .input(TurnsInput)
  .output(page(TurnRow))
const outcome = endpoint('reports.read')
  .route({
    method: 'GET',
    path: '/reports/outcome',
    summary: 'Feeling before and after, with control; survey; resolution',
  })
  .input(ReportFilter)
  .output(OutcomeReport)

/** CSV of each is a stream beside the contract: the same path with `.csv`. */
export const reports = { response, breakdown, turns, outcome }

const TodayView = z.object({
  /** What wants somebody now; cases put aside are left out. */
  burning: z.object({
    /** A clock has run out. */
    late: z.number().int(),
    /** A clock runs out within the hour. */
    soon: z.number().int(),
    /** A customer waits, and it is nobody’s. */
    unassigned: z.number().int(),
    /** An answer of ours did not leave. */
    unsent: z.number().int(),
  }),
  waiting: z.object({
    total: z.number().int(),
    late: z.number().int(),
    longest: z.array(
      z.object({
        caseId: Id,
        number: z.number().int(),
        person: z.string(),
        preview: z.string(),
        waitingSince: Instant,
        function: z.string(),
        dueAt: Instant.nullable(),
      }),
    ),
  }),
  /** The gap ring: of the turns of the last 7 days that are due, how many were answered within target. */
  gap: z.object({
    due: z.number().int(),
    withinTarget: z.number().int(),
    share: z.number().nullable(),
    previousShare: z.number().nullable(),
  }),
  feeling: z.array(
    z.object({ day: Day, negative: z.number().int(), neutral: z.number().int(), positive: z.number().int() }),
  ),
  functions: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      open: z.number().int(),
      late: z.number().int(),
      answeredShare: z.number().nullable(),
      medianSeconds: z.number().nullable(),
    }),
  ),
  volume: z.array(z.object({ day: Day, inbound: z.number().int(), answered: z.number().int() })),
  /** Labels whose share of the last 7 days differs from the 28 days before, with counts. */
  changes: z.array(
    z.object({ label: z.string(), now: z.number().int(), expected: z.number(), ratio: z.number() }),
  ),
})
export type TodayView = z.infer<typeof TodayView>
const today = endpoint('reports.read')
  .route({ method: 'GET', path: '/today', summary: 'Who waits for us, the gap, what changed' })
  .output(TodayView)
export const overview = { today }
