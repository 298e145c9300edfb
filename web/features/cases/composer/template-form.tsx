import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { CaseDetail } from '../../../../contract/cases.ts'
import { fillTemplate } from '../../../../contract/fill-template.ts'
import type { FilledTemplate, MessageTemplate } from '../../../../contract/message-template.ts'
import { api } from '../../../api.ts'
import { SafeText } from '../../../ui/safe-text.tsx'
import { ErrorState, Lines } from '../../../ui/states.tsx'
import { useDesk } from '../desk-context.ts'
import styles from './template-form.module.css'
import { type AfterSending, useSend } from './use-send.ts'
import type { ChosenWay } from './use-ways.ts'
import { WayPicker } from './way-picker.tsx'
import { composerWords } from './words.ts'

export interface TemplateFormProps {
  readonly detail: CaseDetail
  readonly chosen: ChosenWay
  /** The newest that the writer has seen. */
  readonly seenId: string | null
  readonly onSent: (then: AfterSending) => void
}

type Values = FilledTemplate['values']

/** Where only what the network approved may go: pick it, fill its blanks, see it as the person will. */
export function TemplateForm(props: TemplateFormProps) {
  const { detail, chosen } = props
  const way = chosen.way?.way ?? null
  const query = useQuery({
    ...api.replies.templates.queryOptions({ input: { id: detail.id, ...way } }),
    staleTime: 5 * 60_000,
    retry: false,
  })
  const [picked, setPicked] = useState<string | null>(null)
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return <Lines rows={2} height={28} />
  const { items } = query.data
  if (items.length === 0) return <p className={styles.none}>{composerWords.noTemplates}</p>
  const template = items.find((item) => keyOf(item) === picked)
  return (
    <div className={styles.form}>
      <Select
        id="composer-text"
        size="sm"
        label={composerWords.template}
        placeholder={composerWords.pickTemplate}
        searchable={items.length > 8}
        data={items.map((item) => ({
          value: keyOf(item),
          label: `${item.name.replaceAll('_', ' ')} (${item.language})`,
          disabled: item.cannot !== null,
        }))}
        value={picked}
        onChange={setPicked}
      />
      {items.some(({ cannot }) => cannot !== null) && (
        <p className={styles.none}>{composerWords.someCannot}</p>
      )}
      {template !== undefined && <Filling key={keyOf(template)} template={template} {...props} />}
      <div className={styles.foot}>
        <WayPicker detail={detail} chosen={chosen} />
      </div>
    </div>
  )
}

function keyOf({ name, language }: MessageTemplate): string {
  return `${name} ${language}`
}

function Filling({
  template,
  detail,
  chosen,
  seenId,
  onSent,
}: TemplateFormProps & { readonly template: MessageTemplate }) {
  const { can } = useDesk()
  const [values, setValues] = useState<Values>([])
  const key = useRef(crypto.randomUUID())
  const filled = fillTemplate(template, values)
  const sending = useSend(detail, true, onSent)
  const { name, language } = template

  function handleSend(): void {
    const draft = { text: '', key: key.current, lastSeenEngagementId: seenId, savedAt: 0 }
    const way = chosen.way?.way ?? null
    const send = { draft, then: 'pending', sendAnyway: sending.hasArrived, way } as const
    sending.send({
      ...send,
      visibility: chosen.visibility,
      template: { name, language, values: filled.values },
    })
  }

  return (
    <>
      {template.blanks.map((blank) => (
        <TextInput
          key={`${blank.where} ${blank.name}`}
          size="sm"
          label={composerWords.blank(blank.where, blank.name)}
          placeholder={blank.example === '' ? '' : composerWords.example(blank.example)}
          maxLength={1_024}
          required
          value={valueOf(values, blank)}
          onChange={(event) => setValues(withValue(values, blank, event.currentTarget.value))}
        />
      ))}
      <AsSeen template={template} text={filled.text} name={detail.person.name} />
      <div className={styles.send}>
        <span className={styles.none}>
          {template.cost !== null && composerWords.cost(template.cost)}
          {sending.hasArrived && ` ${composerWords.arrivedUnknown}`}
        </span>
        {can('cases.answer') && (
          <Button
            size="compact-md"
            loading={sending.isSending}
            disabled={filled.missing.length > 0}
            onClick={handleSend}
          >
            {sending.hasArrived ? composerWords.sendAnyway : composerWords.sendTemplate}
          </Button>
        )}
      </div>
    </>
  )
}

interface AsSeenProps {
  readonly template: MessageTemplate
  readonly text: string
  readonly name: string
}

function AsSeen({ template, text, name }: AsSeenProps) {
  return (
    <figure className={styles.preview}>
      <figcaption>{composerWords.asSeen(name)}</figcaption>
      <div className={styles.bubble}>
        <SafeText text={text} lang={template.language.replaceAll('_', '-')} />
        {template.buttons.map((title) => (
          <span key={title} className={styles.button}>
            <SafeText text={title} isInline />
          </span>
        ))}
      </div>
    </figure>
  )
}

type Blank = Pick<Values[number], 'where' | 'name'>

function isAt({ where, name }: Blank): (item: Blank) => boolean {
  return (item) => item.where === where && item.name === name
}

function valueOf(values: Values, blank: Blank): string {
  return values.find(isAt(blank))?.value ?? ''
}

function withValue(values: Values, { where, name }: Blank, value: string): Values {
  const isThis = isAt({ where, name })
  return [...values.filter((item) => !isThis(item)), { where, name, value }]
}
