import type { Reading } from '../../contract/reading.ts'
import type { EngagementInput } from '../../contract/engagement.ts'
import { setReading, type Batch, type Stages } from '../engagements/index.ts'
import { newId } from '../platform/ids.ts'
import { addReadings, type NewReading } from './store.ts'

export type ReadText = (text: string, options?: { readonly languageHint?: string }) => Reading

/** Texts between two moments at which others may go on: a batch that is being stored waits at each of its statements. */
const atOnce = 4

/** Reads what people said to us, new or edited, also ahead of its batch. Our own words are not judged. */
export function readStages(readText: ReadText): Pick<Stages, 'read' | 'keepReadings' | 'readAhead'> {
  const known = new WeakMap<EngagementInput, Reading>()
  function readingOf(input: EngagementInput): Reading {
    const reading = known.get(input) ?? readText(wordsOf(input), hintOf(input.language))
    known.set(input, reading)
    return reading
  }
  return {
    async read({ passing, edited }) {
      for (const item of passing) if (item.input.direction === 'in') item.reading = readingOf(item.input)
      for (const edit of edited) if (edit.stored.personId !== null) edit.reading = readText(edit.text)
    },
    keepReadings,
    readAhead: (inputs) => readAhead(inputs, readingOf),
  }
}

async function readAhead(
  inputs: readonly EngagementInput[],
  readingOf: (input: EngagementInput) => Reading,
): Promise<void> {
  const theirs = inputs.filter((input) => input.direction === 'in')
  for (const [index, input] of theirs.entries()) {
    readingOf(input)
    if (index % atOnce === atOnce - 1) await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Stage: keeps what was read in the new engagements of a batch. */
async function keepReadings({ db, workspaceId, passing, now: at }: Batch): Promise<void> {
  const readings = passing.flatMap(({ id, reading }): NewReading[] =>
    reading === null ? [] : [{ id: newId(), engagementId: id, engagementVersion: 1, reading, at }],
  )
  await addReadings(db, workspaceId, readings)
}

function wordsOf(input: EngagementInput): string {
  return input.subject === undefined ? input.text : `${input.subject}\n${input.text}`
}

function hintOf(language: string | undefined): { readonly languageHint?: string } {
  return language === undefined ? {} : { languageHint: language }
}

/** Keeps the reading of an edit and puts it in force, once the edit itself is. */
export async function applyEditedReadings(batch: Batch): Promise<void> {
  const { db, workspaceId, now: at } = batch
  for (const { stored, reading } of batch.edited) {
    if (reading === null) continue
    const kept = { id: newId(), engagementId: stored.id, engagementVersion: 2, reading, at }
    await addReadings(db, workspaceId, [kept])
    await setReading(db, workspaceId, stored.id, reading)
  }
}
