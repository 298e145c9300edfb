// What somebody said, out of the thing that holds it: words, circle, place in the thread, whom it names, pictures.
import type { EngagementInput } from '../../contract/engagement.ts'
import { postToText, type Mention } from '../post-text.ts'
import { hrefOf, idOf, idsOf, isObject, type Json, listOf, publicNames, textOf, typeOf } from './json.ts'
import { base, type Heard } from './heard.ts'

const longest = 512

/** Null where its names are longer than can be kept. */
export function readThing(heard: Heard, thing: Json, type: 'Create' | 'Update'): EngagementInput | null {
  const id = idOf(thing)
  const parent = idOf(thing.inReplyTo)
  if (id === null || id.length > longest || (parent?.length ?? 0) > longest) return null
  const named = mentionsOf(thing)
  const warning = textOf(thing.summary) ?? ''
  const title = textOf(thing.name) ?? ''
  const { text, language } = wordsOf(thing, named)
  const subject = (title === '' ? postToText(warning) : title).slice(0, 998)
  return {
    ...base(heard, id),
    type,
    kind: kindOf(thing),
    ...times(heard, thing, type),
    mentions: handlesOf(heard, thing, named),
    visibility: circleOf(heard, thing),
    ...(parent === null ? {} : { parentExternalId: parent }),
    ...(subject === '' ? {} : { subject }),
    text: text.slice(0, 100_000),
    ...(language === null ? {} : { language: language.slice(0, 35) }),
    media: mediaOf(thing),
  }
}

function kindOf(thing: Json): EngagementInput['kind'] {
  const type = typeOf(thing)
  if (type === 'Article' || type === 'Question') return type
  return type === 'Page' ? 'Article' : 'Note'
}

function wordsOf(thing: Json, named: readonly Mention[]) {
  const byLanguage = isObject(thing.contentMap) ? Object.entries(thing.contentMap) : []
  const content = textOf(thing.content) ?? textOf(byLanguage[0]?.[1]) ?? ''
  const language = byLanguage.find(([, words]) => words === content)?.[0] ?? null
  const isPlain = textOf(thing.mediaType) === 'text/plain'
  const choices = [...listOf(thing.oneOf), ...listOf(thing.anyOf)].flatMap((each) =>
    isObject(each) ? [`- ${textOf(each.name) ?? ''}`] : [],
  )
  const words = isPlain ? content : postToText(content, named)
  return { text: [words, ...choices].join('\n').trim(), language }
}

function times({ at }: Heard, thing: Json, type: 'Create' | 'Update') {
  const published = Date.parse(textOf(thing.published) ?? '')
  const updated = Date.parse(textOf(thing.updated) ?? '')
  return {
    ...(Number.isNaN(published) ? {} : { publishedAt: new Date(published).toISOString() }),
    ...(type === 'Create' ? {} : { updatedAt: new Date(Number.isNaN(updated) ? at : updated).toISOString() }),
  }
}

function mentionsOf(thing: Json): readonly Mention[] {
  return listOf(thing.tag).flatMap((tag) => {
    const href = isObject(tag) && typeOf(tag) === 'Mention' ? hrefOf(tag.href) : null
    if (href === null || !isObject(tag)) return []
    const name = (textOf(tag.name) ?? '').replace(/^@/, '')
    return name === '' ? [] : [{ href, handle: name.includes('@') ? name : `${name}@${new URL(href).host}` }]
  })
}

/** By name or by address: whoever sends us something to our own inbox by name means us. */
function handlesOf({ own }: Heard, thing: Json, named: readonly Mention[]): string[] {
  const others = named.filter(({ href }) => href !== own.actor).map(({ handle }) => handle)
  const isForUs = named.some(({ href }) => href === own.actor) || addressed(thing).includes(own.actor)
  const handles = isForUs ? [own.handle, ...others] : others
  return [...new Set(handles.map((handle) => handle.slice(0, longest)))].slice(0, 100)
}

function addressed({ to, cc, bto, bcc, audience }: Json): readonly string[] {
  return [to, cc, bto, bcc, audience].flatMap(idsOf)
}

/** The narrower of what the thing and its activity say. */
function circleOf({ activity, actor }: Heard, thing: Json): EngagementInput['visibility'] {
  const from = addressed(thing).length === 0 ? activity : thing
  if (idsOf(from.to).some(isPublic)) return 'public'
  if (addressed(from).some(isPublic)) return 'unlisted'
  const isToFollowers = addressed(from).some((id) => id === actor.followers || /\/followers\/?$/.test(id))
  return isToFollowers ? 'followers' : 'direct'
}

function isPublic(id: string): boolean {
  return publicNames.includes(id)
}

function mediaOf(thing: Json): EngagementInput['media'] {
  return listOf(thing.attachment)
    .flatMap((each) => {
      const url = isObject(each) ? hrefOf(each.url ?? each.href) : null
      if (!isObject(each) || url === null || url.length > 2048) return []
      const mediaType = textOf(each.mediaType)
      const alt = textOf(each.name) ?? textOf(each.summary)
      return [
        {
          url,
          ...(mediaType === null || mediaType.length > 127 ? {} : { mediaType }),
          ...(alt === null ? {} : { alt: alt.slice(0, 2000) }),
        },
      ]
    })
    .slice(0, 20)
}
