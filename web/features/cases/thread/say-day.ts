interface DayWords {
  readonly today: string
  readonly yesterday: string
}

/** "Today", "Yesterday", else the weekday and date, with the year where it is another one. */
export function sayDay(day: Date, now: Date, words: DayWords): string {
  const daysAgo = Math.round((startOf(now) - startOf(day)) / 86_400_000)
  if (daysAgo === 0) return words.today
  if (daysAgo === 1) return words.yesterday
  const year = day.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...year,
  }).format(day)
}

function startOf(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
}
