/** The mail that tells a member what waits for them, and that an answer to it answers the person. */
export function writeAsk(facts: {
  readonly memberName: string
  /** What a colleague told the member. */
  readonly said: string
  readonly caseNumber: number
  readonly personName: string
  /** The person's latest words. */
  readonly words: string
  readonly link: string
}): { readonly subject: string; readonly text: string } {
  const { memberName, said, caseNumber, personName, words, link } = facts
  return {
    subject: `[#${caseNumber}] ${said}`.slice(0, 200),
    text: [
      `Hello ${memberName},`,
      '',
      said,
      '',
      `${personName} wrote:`,
      '',
      ...shorten(words).map((line) => `    ${line}`),
      '',
      `Answer this mail, and your words go to ${personName} as your answer. Write above this line; what stands below is left out.`,
      'Or open the case:',
      '',
      link,
    ].join('\n'),
  }
}

const mostLines = 30
const longestLine = 500

function shorten(words: string): readonly string[] {
  const lines = words.split('\n')
  const shown = lines.slice(0, mostLines).map((line) => line.slice(0, longestLine).toWellFormed())
  return lines.length > mostLines ? [...shown, '…'] : shown
}
