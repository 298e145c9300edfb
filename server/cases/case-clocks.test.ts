import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseStatus } from '../../contract/cases.ts'
import type { Target } from '../../contract/decision.ts'
import { compileSchedule, isBusinessTime } from '../../lib/calendar/business-time.ts'
import { readClocks, soonestDue, type CaseClocks, type ClockEvent } from './case-clocks.ts'

const MINUTE_MS = 60_000
const workdays = Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [[540, 1080]] as const]))
const calendar = compileSchedule(
  { timeZone: 'Europe/Berlin', weekly: workdays, holidays: ['2024-05-01'] },
  Date.UTC(2024, 0, 1),
  Date.UTC(2025, 0, 1),
)
const target: Target = {
  firstAnswerMinutes: 60,
  nextAnswerMinutes: 120,
  resolutionMinutes: 480,
  hours: 'business',
}

/** Berlin summer time. */
function at(local: string): number {
  return Date.parse(`2024-${local}:00+02:00`)
}

function minutes(ms: number | undefined): number {
  return (ms ?? Number.NaN) / MINUTE_MS
}

function read(events: readonly ClockEvent[], now: number, wanted: Target | null = target): CaseClocks {
  return readClocks({ events, target: wanted, calendar, now })
}

const opened: readonly ClockEvent[] = [
  { type: 'opened', at: at('06-07T17:30') },
  { type: 'inbound', at: at('06-07T17:30') },
]

describe('first answer', () => {
  test('is due in business time, over the weekend', () => {
    const clock = read(opened, at('06-08T12:00')).firstAnswer
    expect(clock).toMatchObject({
      dueAt: at('06-10T09:30'),
      stoppedAt: null,
      state: 'running',
      isRunning: true,
    })
    expect(minutes(clock?.elapsedMs)).toBe(30)
  })

  test('is met by an answer in time, and missed by a later one', () => {
    const met = read([...opened, { type: 'answered', at: at('06-10T09:30') }], at('06-11T12:00')).firstAnswer
    expect(met).toMatchObject({ stoppedAt: at('06-10T09:30'), state: 'met', isRunning: false })
    const late = read([...opened, { type: 'answered', at: at('06-10T09:31') }], at('06-11T12:00')).firstAnswer
    expect(late).toMatchObject({ state: 'missed', isRunning: false })
    expect(minutes(late?.elapsedMs)).toBe(61)
  })

  test('counts as missed while nobody answers, and does not restart with more words', () => {
    const events: ClockEvent[] = [...opened, { type: 'inbound', at: at('06-10T09:20') }]
    expect(read(events, at('06-10T10:00')).firstAnswer).toMatchObject({
      startedAt: at('06-07T17:30'),
      dueAt: at('06-10T09:30'),
      state: 'missed',
      isRunning: true,
    })
  })

  test('counts every minute where the target says so', () => {
    const clock = read(opened, at('06-07T17:31'), { ...target, hours: 'calendar' }).firstAnswer
    expect(clock?.dueAt).toBe(at('06-07T18:30'))
  })

  test('does not pause while the case is on hold', () => {
    const events: ClockEvent[] = [...opened, { type: 'status', at: at('06-07T17:40'), to: 'on-hold' }]
    expect(read(events, at('06-10T09:10')).firstAnswer).toMatchObject({
      dueAt: at('06-10T09:30'),
      state: 'running',
    })
  })

  test('has no due time without a target, yet is measured', () => {
    const clock = read(opened, at('06-07T18:30'), null).firstAnswer
    expect(clock).toMatchObject({ dueAt: null, state: 'running', elapsedMs: 60 * MINUTE_MS })
  })
})

describe('next answer', () => {
  const answered: ClockEvent[] = [...opened, { type: 'answered', at: at('06-07T17:45') }]

  test('starts with the oldest words that are not answered', () => {
    expect(read(answered, at('06-10T12:00')).nextAnswer).toBeNull()
    const events: ClockEvent[] = [
      ...answered,
      { type: 'inbound', at: at('06-10T10:00') },
      { type: 'inbound', at: at('06-10T11:00') },
    ]
    expect(read(events, at('06-10T11:30')).nextAnswer).toMatchObject({
      startedAt: at('06-10T10:00'),
      dueAt: at('06-10T12:00'),
      state: 'running',
    })
  })

  test('starts anew after each answer', () => {
    const events: ClockEvent[] = [
      ...answered,
      { type: 'inbound', at: at('06-10T10:00') },
      { type: 'answered', at: at('06-10T13:00') },
      { type: 'inbound', at: at('06-10T14:00') },
      { type: 'answered', at: at('06-10T14:30') },
    ]
    expect(read(events.slice(0, -2), at('06-10T15:00')).nextAnswer).toMatchObject({
      state: 'missed',
      isRunning: false,
    })
    expect(read(events, at('06-10T15:00')).nextAnswer).toMatchObject({
      startedAt: at('06-10T14:00'),
      state: 'met',
    })
  })
})

describe('resolution', () => {
  const pausing: readonly ClockEvent[] = [
    { type: 'opened', at: at('06-10T09:00') },
    { type: 'inbound', at: at('06-10T09:00') },
    { type: 'answered', at: at('06-10T10:00') },
    { type: 'status', at: at('06-10T10:00'), to: 'pending' },
  ]

  test('pauses while we wait for the person, and has then no due time', () => {
    const clocks = read(pausing, at('06-12T10:00'))
    expect(clocks.resolution).toMatchObject({
      dueAt: null,
      stoppedAt: null,
      state: 'paused',
      isRunning: false,
    })
    expect(minutes(clocks.resolution?.elapsedMs)).toBe(60)
    expect(soonestDue(clocks)).toBeNull()
  })

  test('runs on with what is left when the person speaks again', () => {
    const events: ClockEvent[] = [
      ...pausing,
      { type: 'inbound', at: at('06-12T09:00') },
      { type: 'status', at: at('06-12T09:00'), to: 'open' },
    ]
    const clocks = read(events, at('06-12T09:30'))
    expect(clocks.resolution).toMatchObject({ dueAt: at('06-12T16:00'), state: 'running' })
    expect(soonestDue(clocks)).toBe(at('06-12T11:00'))
  })

  test('is met or missed when the case is resolved, which stops the other clocks too', () => {
    const events: ClockEvent[] = [...opened, { type: 'status', at: at('06-10T09:10'), to: 'resolved' }]
    const clocks = read(events, at('06-20T12:00'))
    expect(clocks.firstAnswer).toMatchObject({ stoppedAt: at('06-10T09:10'), state: 'met' })
    expect(clocks.resolution).toMatchObject({ stoppedAt: at('06-10T09:10'), state: 'met' })
    expect(minutes(clocks.resolution?.elapsedMs)).toBe(40)
    expect(soonestDue(clocks)).toBeNull()
  })

  test('runs on when a resolved case is opened again', () => {
    const events: ClockEvent[] = [
      ...opened,
      { type: 'status', at: at('06-10T09:10'), to: 'resolved' },
      { type: 'inbound', at: at('06-11T09:00') },
      { type: 'status', at: at('06-11T09:00'), to: 'open' },
    ]
    expect(read(events, at('06-11T10:00')).resolution).toMatchObject({
      dueAt: at('06-11T16:20'),
      stoppedAt: null,
      elapsedMs: 100 * MINUTE_MS,
    })
  })

  test('stays missed, but asks for nothing, while a late case pauses', () => {
    const events: ClockEvent[] = [...opened, { type: 'status', at: at('06-12T12:00'), to: 'pending' }]
    const clocks = read([...events, { type: 'answered', at: at('06-12T12:00') }], at('06-13T12:00'))
    expect(clocks.resolution).toMatchObject({ state: 'missed', isRunning: false })
    expect(soonestDue(clocks)).toBeNull()
  })
})

describe('waits by status', () => {
  test('requester wait leaves out pending; agent work leaves out on hold too', () => {
    const events: ClockEvent[] = [
      { type: 'opened', at: at('06-10T09:00') },
      { type: 'inbound', at: at('06-10T09:00') },
      { type: 'status', at: at('06-10T10:00'), to: 'open' },
      { type: 'status', at: at('06-10T11:00'), to: 'on-hold' },
      { type: 'status', at: at('06-10T13:00'), to: 'pending' },
      { type: 'status', at: at('06-10T16:00'), to: 'open' },
      { type: 'status', at: at('06-10T17:00'), to: 'resolved' },
    ]
    const clocks = read(events, at('06-20T12:00'))
    expect(minutes(clocks.requesterWaitMs)).toBe(120 + 120 + 60)
    expect(minutes(clocks.agentWorkMs)).toBe(120 + 60)
  })
})

describe('laws of the clocks', () => {
  const statuses: readonly CaseStatus[] = ['new', 'open', 'pending', 'on-hold', 'resolved']
  const start = at('06-06T16:00')
  const step = fc.oneof(
    fc.record({
      type: fc.constantFrom('inbound' as const, 'answered' as const),
      wait: fc.integer({ min: 1, max: 700 }),
    }),
    fc.record({
      type: fc.constant('status' as const),
      to: fc.constantFrom(...statuses),
      wait: fc.integer({ min: 1, max: 700 }),
    }),
  )
  const story = fc.array(step, { maxLength: 10 }).map((steps) => {
    const events: ClockEvent[] = [
      { type: 'opened', at: start },
      { type: 'inbound', at: start },
    ]
    let time = start
    for (const { wait, ...event } of steps) {
      time += wait * MINUTE_MS
      events.push({ ...event, at: time })
    }
    return { events, now: time + 30 * MINUTE_MS }
  })

  /** Every minute looked at by itself. */
  function minuteByMinute(
    events: readonly ClockEvent[],
    now: number,
  ): { agentWork: number; requesterWait: number } {
    const sums = { agentWork: 0, requesterWait: 0 }
    let status: CaseStatus = 'new'
    let next = 0
    for (let minute = start; minute < now; minute += MINUTE_MS) {
      for (let event = events[next]; event && event.at <= minute; event = events[++next]) {
        if (event.type === 'status') status = event.to
      }
      if (!isBusinessTime(calendar, minute)) continue
      if (status === 'new' || status === 'open') sums.agentWork += MINUTE_MS
      if (status !== 'pending' && status !== 'resolved') sums.requesterWait += MINUTE_MS
    }
    return sums
  }

  test('the waits equal counting minute by minute', () => {
    fc.assert(
      fc.property(story, ({ events, now }) => {
        const { agentWorkMs, requesterWaitMs, resolution } = read(events, now)
        const { agentWork, requesterWait } = minuteByMinute(events, now)
        expect([agentWorkMs, requesterWaitMs, resolution?.elapsedMs]).toEqual([
          agentWork,
          requesterWait,
          agentWork,
        ])
      }),
    )
  })

  test('missed is exactly: past due when it stopped, or now', () => {
    fc.assert(
      fc.property(story, ({ events, now }) => {
        const { firstAnswer, nextAnswer, resolution } = read(events, now)
        for (const clock of [firstAnswer, nextAnswer, resolution]) {
          if (!clock) continue
          const end = clock.stoppedAt ?? now
          expect(clock.state === 'missed').toBe(clock.dueAt !== null && end > clock.dueAt)
          expect(clock.isRunning && clock.stoppedAt !== null).toBe(false)
          expect(clock.state === 'met').toBe(clock.stoppedAt !== null && clock.state !== 'missed')
        }
      }),
    )
  })

  test('setting a status that holds already changes nothing', () => {
    fc.assert(
      fc.property(story, ({ events, now }) => {
        const doubled = events.flatMap((event): ClockEvent[] =>
          event.type === 'status' ? [event, event] : [event],
        )
        const once = read(events, now)
        const twice = read(doubled, now)
        expect([twice.requesterWaitMs, twice.agentWorkMs, twice.firstAnswer]).toEqual([
          once.requesterWaitMs,
          once.agentWorkMs,
          once.firstAnswer,
        ])
      }),
    )
  })
})
