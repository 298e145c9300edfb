import type { Reading } from '../../contract/reading.ts'
import type { EngagementInput } from '../../contract/engagement.ts'
import { setReading, type Batch, type Stage, type Stages } from '../engagements/index.ts'
import { newId } from '../platform/ids.ts'
import { addReadings, type NewReading } from './store.ts'

export type ReadText = (text: string, options?: { readonly languageHint?: string }) => Reading

/** Texts between two moments at which others may go on; a millisecond or two. */
const atOnce = 8

/** Reads what people said to us, new or edited, also ahead of its batch. Our own words are not judged. */
export function readStages(readText: ReadText): Pick<Stages, 'read' | 'readAhead'> {
  const known = new WeakMap<EngagementInput, Reading>()
  function readingOf(input: EngagementInput): Reading {
    const reading = known.get(input) ?? readText(wordsOf(input), hintOf(input.language))
    known.set(input, reading)
    return reading
  }
  return { read: readStage(readText, readingOf), readAhead: (inputs) => readAhead(inputs, readingOf) }
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

/** Stage: puts the readings of a batch on its engagements, and keeps them. */
function readStage(readText: ReadText, readingOf: (input: EngagementInput) => Reading): Stage {
  return async (batch) => {
    const readings: NewReading[] = []
    for (const item of batch.passing) {
      if (item.input.direction === 'out') continue
      item.reading = readingOf(item.input)
      readings.push({
        id: newId(),
        engagementId: item.id,
        engagementVersion: 1,
        reading: item.reading,
        at: batch.now,
      })
    }
    await addReadings(batch.db, batch.workspaceId, readings)
    await readEdits(batch, readText)
  }
}

function wordsOf(input: EngagementInput): string {
  return input.subject === undefined ? input.text : `${input.subject}\n${input.text}`
}

function hintOf(language: string | undefined): { readonly languageHint?: string } {
  return language === undefined ? {} : { languageHint: language }
}

async function readEdits(batch: Batch, readText: ReadText): Promise<void> {
  for (const edit of batch.edited) {
    if (edit.stored.personId === null) continue
    edit.reading = readText(edit.text)
    const reading = {
      id: newId(),
      engagementId: edit.stored.id,
      engagementVersion: 2,
      reading: edit.reading,
      at: batch.now,
    }
    await addReadings(batch.db, batch.workspaceId, [reading])
  }
}

/** Puts the reading of an edit in force once the edit itself is. */
export async function applyEditedReadings(batch: Batch): Promise<void> {
  for (const edit of batch.edited) {
    if (edit.reading !== null) await setReading(batch.db, batch.workspaceId, edit.stored.id, edit.reading)
  }
}
