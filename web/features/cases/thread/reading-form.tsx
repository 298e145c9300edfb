import { Button, Checkbox, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Engagement } from '../../../../contract/engagements.ts'
import type { Label, Sentiment } from '../../../../contract/reading.ts'
import { api, client } from '../../../api.ts'
import { notifyDone, notifyError } from '../../../ui/notify.tsx'
import { useDesk } from '../desk-context.ts'
import { labels as allLabels, sentiments } from '../desk-search.ts'
import { labelTitles, sentimentTitles } from '../words.ts'
import { ReadingReasons } from './reading-reasons.tsx'
import styles from './reading-form.module.css'
import { readingWords } from './words.ts'

export interface ReadingFormProps {
  readonly engagement: Engagement
  readonly onDone: () => void
}

/** Why a message was understood so, and the way to put it right. */
export function ReadingForm({ engagement, onDone }: ReadingFormProps) {
  const { can } = useDesk()
  const { data } = useQuery(api.engagements.get.queryOptions({ input: { id: engagement.id } }))
  const current = data?.readings.find((reading) => reading.isCurrent)
  return (
    <div className={styles.form}>
      <h3>{readingWords.title}</h3>
      {current !== undefined && (
        <p className={styles.source}>
          {current.correctedBy === null
            ? `${readingWords.probability(current.probability)} · ${readingWords.byModel(current.version)}`
            : readingWords.byMember(current.correctedBy)}
        </p>
      )}
      {can('readings.correct') && <Correction engagement={engagement} onDone={onDone} />}
      {current !== undefined && <ReadingReasons reasons={current.reasons} />}
    </div>
  )
}

function Correction({ engagement, onDone }: ReadingFormProps) {
  const [sentiment, setSentiment] = useState<Sentiment>(engagement.sentiment ?? 'neutral')
  const [labels, setLabels] = useState<readonly Label[]>(engagement.labels)
  const queryClient = useQueryClient()
  const correct = useMutation({
    mutationFn: () =>
      client.engagements.correctReading({ id: engagement.id, sentiment, labels: [...labels] }),
    onSuccess: () => {
      notifyDone(readingWords.saved)
      onDone()
    },
    onError: notifyError,
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: api.cases.thread.key() })
      void queryClient.invalidateQueries({ queryKey: api.people.timeline.key() })
      void queryClient.invalidateQueries({
        queryKey: api.engagements.get.key({ input: { id: engagement.id } }),
      })
    },
  })
  return (
    <>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={readingWords.sentiment}
        value={sentiment}
        onChange={(value) => setSentiment(sentiments.find((candidate) => candidate === value) ?? sentiment)}
        data={sentiments.map((value) => ({ value, label: sentimentTitles[value] }))}
      />
      <Checkbox.Group
        label={readingWords.labels}
        value={[...labels]}
        onChange={(values) => setLabels(allLabels.filter((label) => values.includes(label)))}
      >
        <div className={styles.labels}>
          {allLabels.map((label) => (
            <Checkbox key={label} size="xs" value={label} label={labelTitles[label]} />
          ))}
        </div>
      </Checkbox.Group>
      <Button size="compact-sm" loading={correct.isPending} onClick={() => correct.mutate()}>
        {readingWords.save}
      </Button>
    </>
  )
}
