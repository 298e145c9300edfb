import type { Reading } from '../../contract/reading.ts'
import { setReading, type Batch, type Passing, type Stage } from '../engagements/index.ts'
import { newId } from '../platform/ids.ts'
import { addReadings, type NewReading } from './store.ts'

export type ReadText = (text: string, options?: { readonly languageHint?: string }) => Reading

/** Stage: reads what people said to us, new or edited. Our own words are not judged. */
export function readStage(readText: ReadText): Stage {
  return async (batch) => {
    const readings: NewReading[] = []
    for (const item of batch.passing) {
      if (item.input.direction === 'out') continue
      item.reading = readText(wordsOf(item), hintOf(item.input.language))
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

function wordsOf({ input }: Passing): string {
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
