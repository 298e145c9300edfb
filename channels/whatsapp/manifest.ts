import type { Field, Manifest, Support } from '../manifest.ts'

const full: Support = { level: 'full' }
const none = (reason: string): Support => ({ level: 'none', reason })
const partial = (reason: string): Support => ({ level: 'partial', reason })

function field(name: string, label: string, help: string, more: Partial<Field> = {}): Field {
  return { name, label, kind: 'text', help, isSecret: false, isRequired: true, initial: '', ...more }
}

const secret = { kind: 'password', isSecret: true } as const

export const manifest: Manifest = {
  id: 'whatsapp',
  title: 'WhatsApp',
  channel: 'whatsapp',
  source: 'whatsapp',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['push'],
  capabilities: {
    listen: full,
    backfill: none('Meta gives no history of a number'),
    reply: partial('within 24 hours of their last word; after that only approved templates'),
    notify: partial('within 24 hours of their last word; after that only approved templates'),
    post: none('WhatsApp goes to somebody'),
    react: partial('a thumb up; WhatsApp knows no sharing by businesses'),
    direct: full,
    edit: none('Meta lets no business change a message'),
    delete: none('Meta lets no business take a message back'),
    deletions: none('Meta does not tell a business what people delete'),
    media: full,
    receipts: full,
    readBack: none('Meta cannot be asked what was sent'),
  },
  text: { unit: 'utf16', max: 4_096 },
  signs: ['like'],
  // https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types
  media: {
    most: 10,
    maxTotalBytes: null,
    kinds: [
      { types: ['image/jpeg', 'image/png'], maxBytes: 5_000_000, isAlone: false },
      { types: ['video/mp4', 'video/3gpp'], maxBytes: 16_000_000, isAlone: false },
      {
        types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
        maxBytes: 16_000_000,
        isAlone: false,
      },
      { types: ['*/*'], maxBytes: 100_000_000, isAlone: false },
    ],
    alt: null,
  },
  pace: { pollMs: 60_000, silentAfterMs: null },
  budget: { calls: 80, perMs: 1_000 },
  connect: {
    steps: [
      'In Meta for Developers open your app, add WhatsApp, and add your phone number.',
      'In the business settings make a system user with the permissions below and create a token that does not expire.',
      'Under WhatsApp, Configuration, subscribe the field "messages". Its address is set by Horseshoe when you connect.',
      'Enter the numbers and secrets here. One phone number is one presence.',
    ],
    permissions: [
      {
        what: 'whatsapp_business_messaging',
        why: 'to hear those who write to the number, and to answer them',
      },
      { what: 'whatsapp_business_management', why: 'to have messages sent here' },
    ],
    fields: [
      field('phone', 'Phone number ID', 'Digits, from the page API Setup; not the phone number itself.'),
      field('business', 'WhatsApp Business Account ID', 'Digits, from the same page.'),
      field('token', 'Token of the system user', 'Kept sealed and never shown again.', secret),
      field('appSecret', 'App secret', 'From App settings, Basic; proves that a push is from Meta.', secret),
      field('oldAppSecret', 'App secret before', 'While you change the app secret: the old one.', {
        ...secret,
        isRequired: false,
      }),
      field('graph', 'Address of the Graph API', 'With its version.', {
        kind: 'url',
        isRequired: false,
        initial: 'https://graph.facebook.com/v23.0',
      }),
    ],
  },
  provenOn: 'twin',
}

/** How long after their last word we may write freely. */
export const windowMs = 24 * 3_600_000

export const mostCaption = 1_024
