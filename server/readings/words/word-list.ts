/**
 * What words of one language tell about a message to a company. Each field is a text of entries
 * parted by commas; an entry is a word or a phrase of up to four words; a closing `*` stands for any
 * ending. Accents do not count. All lists are our own.
 */
export interface WordList {
  readonly great: string
  readonly good: string
  readonly bad: string
  readonly awful: string
  /** Something went wrong between the person and the company. */
  readonly trouble: string
  /** It was put right. */
  readonly mended: string
  readonly thanks: string
  readonly negators: string
  /** What follows weighs more than what went before. */
  readonly turns: string
  /** Words that open a question. */
  readonly asks: string
  /** Phrases that ask for help or for an answer, with or without a question mark. */
  readonly requests: string
  readonly wishes: string
  readonly buying: string
  readonly urgent: string
  /** Self-promotion, prizes and easy money, as no customer writes of them. */
  readonly promotion: string
  /** What advertising likes to say, and customers at times too. */
  readonly lures: string
}

export type WordGroup = keyof WordList
