/** The one question, answered on five steps; CSAT counts 4 and 5. */
export const surveyQuestion = 'How satisfied are you with how we answered you?'

const openMs = 30 * 86_400_000

/** Whether a survey takes an answer: for 30 days after it was asked, and for 30 more to change the answer. */
export function isSurveyOpen(
  survey: { readonly askedAt: Date; readonly answeredAt: Date | null },
  now: Date,
): boolean {
  const from = survey.answeredAt ?? survey.askedAt
  return now.getTime() < from.getTime() + openMs
}
