import { z } from 'zod'
import { Done, endpoint, Id, Instant, page, PageInput } from './endpoint.ts'

export const Notification = z.object({
  id: Id,
  kind: z.enum(['mention', 'assigned', 'handed-over', 'connection', 'undelivered']),
  /** What it is about: a case, or a connection. */
  caseId: Id.nullable(),
  connectionId: Id.nullable(),
  text: z.string(),
  at: Instant,
  isRead: z.boolean(),
})
const listNotifications = endpoint('cases.read')
  .route({ method: 'GET', path: '/notifications', summary: 'What colleagues want me to see, newest first' })
  .input(PageInput)
  .output(page(Notification).extend({ unread: z.number().int() }))
const readNotifications = endpoint('cases.read')
  .route({
    method: 'POST',
    path: '/notifications/read',
    summary: 'Mark as read; all of them where no ids are given',
  })
  .input(z.object({ ids: z.array(Id).max(200).optional() }))
  .output(Done)
export const notifications = { list: listNotifications, read: readNotifications }

const SearchHit = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('case'),
    id: Id,
    number: z.number().int(),
    title: z.string(),
    detail: z.string(),
    at: Instant,
  }),
  z.object({ type: z.literal('person'), id: Id, title: z.string(), detail: z.string(), at: Instant }),
  z.object({
    type: z.literal('engagement'),
    id: Id,
    caseId: Id.nullable(),
    personId: Id.nullable(),
    title: z.string(),
    detail: z.string(),
    at: Instant,
  }),
])
const search = endpoint('cases.read')
  .route({ method: 'GET', path: '/search', summary: 'Find people, cases and words; the newest first' })
  .input(
    z.object({
      q: z.string().trim().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(50).default(20),
    }),
  )
  .output(z.object({ items: z.array(SearchHit) }))
export const find = { search }
