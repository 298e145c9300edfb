/** The mail that says that an answer stands on the conversation's page. The answer itself is not in it: nobody has proven that the address is theirs. */
export function writeNotice(facts: {
  readonly company: string
  readonly name: string
  readonly link: string
}): {
  readonly subject: string
  readonly text: string
} {
  const { company, name, link } = facts
  return {
    subject: `${company} has answered you`,
    text: [
      `Hello ${name},`,
      '',
      `${company} has answered what you wrote. Read it and write back here:`,
      '',
      link,
      '',
      'The link is private: who has it can read this conversation.',
      'If you did not write to us, somebody gave your address by mistake; please ignore this mail.',
    ].join('\n'),
  }
}

/** What members read at the answer about its notice. */
export function sayNotice(state: string, detail: string): string {
  const place = 'on the conversation page'
  if (state === 'sent') return `${place}; they were told by mail`
  if (state === 'queued') return `${place}; the mail that tells them waits. ${detail}`
  return `${place}; the mail that tells them did not leave. ${detail}`
}
