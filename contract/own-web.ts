import { z } from 'zod'
import { Done, endpoint, Instant } from './endpoint.ts'

const Token = z.string().min(20).max(200)

/** A conversation as the person outside sees it. Nothing in it is internal. */
export const PublicConversation = z.object({
  company: z.string(),
  name: z.string(),
  messages: z.array(
    z.object({
      id: z.string(),
      from: z.enum(['you', 'us']),
      author: z.string(),
      text: z.string(),
      at: Instant,
    }),
  ),
  survey: z.object({ token: z.string(), isAnswered: z.boolean() }).nullable(),
})
export type PublicConversation = z.infer<typeof PublicConversation>

const form = endpoint('public')
  .route({ method: 'GET', path: '/public/{workspace}/form', summary: 'What the contact form shows' })
  .input(z.object({ workspace: z.string().max(80) }))
  .output(z.object({ company: z.string(), greeting: z.string() }))
const start = endpoint('public')
  .route({ method: 'POST', path: '/public/{workspace}/conversations', summary: 'Write to the company' })
  .input(
    z.object({
      workspace: z.string().max(80),
      name: z.string().trim().min(1).max(120),
      email: z.email().max(320).optional(),
      /** A site's proof of who its visitor is: HMAC-SHA256 of the user id by the site's secret, hexadecimal. */
      customer: z
        .object({
          writeKey: z.string().max(100),
          userId: z.string().min(1).max(256),
          userHash: z.string().max(128),
        })
        .optional(),
      text: z.string().trim().min(1).max(10_000),
      /** Made by the page, once a message: pressing twice writes once. */
      key: z.uuid(),
    }),
  )
  .output(z.object({ token: Token, url: z.string() }))
const read = endpoint('public')
  .route({
    method: 'GET',
    path: '/public/conversations/{token}',
    summary: 'Read a conversation by its private link',
  })
  .input(z.object({ token: Token }))
  .output(PublicConversation)
const write = endpoint('public')
  .route({ method: 'POST', path: '/public/conversations/{token}/messages', summary: 'Write again' })
  .input(z.object({ token: Token, text: z.string().trim().min(1).max(10_000), key: z.uuid() }))
  .output(Done)
const readSurvey = endpoint('public')
  .route({ method: 'GET', path: '/public/surveys/{token}', summary: 'The one question after an exchange' })
  .input(z.object({ token: Token }))
  .output(
    z.object({
      company: z.string(),
      question: z.string(),
      score: z.number().int().nullable(),
      comment: z.string(),
    }),
  )
const answerSurvey = endpoint('public')
  .route({
    method: 'POST',
    path: '/public/surveys/{token}',
    summary: 'Answer the survey; can be changed for 30 days',
  })
  .input(
    z.object({
      token: Token,
      score: z.number().int().min(1).max(5),
      comment: z.string().trim().max(2000).default(''),
    }),
  )
  .output(Done)

export const ownWeb = { form, start, read, write, readSurvey, answerSurvey }
