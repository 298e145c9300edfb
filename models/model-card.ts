import { OWN_SENTENCES } from '../server/readings/own-sentences.ts'
import type { Weights } from '../server/readings/weights-file.ts'
import type { ReaderScores } from './measure-reader.ts'

export interface Trained {
  readonly weights: Weights
  readonly bytes: number
  /** Texts that the sentiment and the question head learned from. */
  readonly learned: number
  readonly asked: number
  readonly scores: ReaderScores
}

/** The page that goes with the weights: what they are, learned from, good for, and not. */
export function modelCard(trained: Trained): string {
  const { weights, scores } = trained
  const { sentiment } = scores
  return `# Model card: ${weights.version}

Written by \`npm run train\`; do not edit.

## What it is
Linear heads over one pass of a text, ${trained.bytes.toLocaleString('en')} bytes in \`models/weights/reader.bin\`:
- *sentiment* (negative, neutral, positive): multinomial logistic regression on hashed word 1-2-grams with
  negation marks, character 3-4-grams, and features of word lists, emoji and shape; 2^${weights.sentiment.bits} buckets, 8 bits a weight.
- *foreign*: the same classes from word lists, emoji and shape alone, for languages other than English.
- *question*: whether a text asks, without looking at question marks; 2^${weights.question.bits} buckets.

Language comes from \`eld\` (extra small set), the labels from named rules over these heads and our own word lists
in English, Spanish, French, German, Italian, Portuguese and Dutch.

## For what
Routing and counting what customers write to a company. A person reads every engagement that is answered. Not for
judging persons, and not for the feelings of single persons in decisions about them.

## Learned from
| set | licence | texts used | as |
| --- | --- | --- | --- |
| SemEval-2013 to 2016 task 4 tweets (as in TweetEval sentiment), training part | CC BY 4.0 | 47,646 | sentiment; question |
| Sentences rated for VADER (Hutto and Gilbert 2014): product reviews, film reviews, news | MIT | 19,503 | sentiment |
| Banking77 (PolyAI), training part | CC BY 4.0 | 10,003 | neutral, or negative where the intent is a fault; question |
| CLINC150, training part | CC BY 3.0 | 15,000 | neutral |
| NLU++ (PolyAI) | CC BY 4.0 | 3,080 | as Banking77; thanks are positive |
| Sentences of customers made from our own templates | ours | the rest | sentiment |

${trained.learned.toLocaleString('en')} texts for sentiment, ${trained.asked.toLocaleString('en')} for questions. Classes count alike, negative 1.25 times.
No texts are in the repository or can be read back from the weights. Temperature ${weights.sentiment.temperature}
was found on every twentieth tweet, kept from a first training.

## How good
On the 2,000 validation tweets of TweetEval sentiment, which were never trained on but on which a few settings were chosen:

| class | texts | precision | recall | F1 |
| --- | --- | --- | --- | --- |
${sentiment.perClass.map((one) => `| ${one.name} | ${one.count} | ${three(one.precision)} | ${three(one.recall)} | ${three(one.f1)} |`).join('\n')}

Macro-recall **${three(sentiment.macroRecall)}**, macro-F1 ${three(sentiment.macroF1)}, accuracy ${three(sentiment.accuracy)}.
It abstains below ${weights.abstainBelow}: ${percent(scores.kept)} are kept, with accuracy ${three(scores.accuracyKept)}. Expected calibration
error ${three(scores.calibrationError)}; the tweets hold more neutral ones than the head assumes, so its doubts are a
little too few there. VADER and AFINN on the same texts, and the speed: \`npm run bench\`.

The labels, on our own ${OWN_SENTENCES.length} sentences in seven languages (server/readings/own-sentences.ts; the rules
were mended after looking at misses there, so these are a little kind):

| label | sentences | precision | recall |
| --- | --- | --- | --- |
${scores.labels.map((one) => `| ${one.label} | ${one.count} | ${two(one.precision)} | ${two(one.recall)} |`).join('\n')}

## Limits
- English first. In other languages the word lists decide: expect macro-recall of .5 to .6 where we have a list and
  little better than chance where we have none.
- Irony is mostly missed: even "thanks for nothing" counts its thanks.
- Faults told without any word of trouble ("the burger was already sour") are often read as neutral.
- Trained on tweets of 2013 to 2016: newer words and emoji weigh little.
- Every workspace should look at how good the reader is on its own corrected readings.
`
}

function two(value: number): string {
  return value.toFixed(2)
}

function three(value: number): string {
  return value.toFixed(3)
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
