import { mailMedia } from './mail-media.ts'
import type { Field, Manifest } from '../manifest.ts'

const security = [
  { value: 'tls', label: 'TLS from the start (usual)' },
  { value: 'starttls', label: 'STARTTLS' },
  { value: 'none', label: 'None (only a server on this very machine)' },
] as const

type Kind = Pick<Field, 'kind' | 'isSecret' | 'isRequired' | 'initial' | 'choices'>

const plain: Kind = { kind: 'text', isSecret: false, isRequired: false, initial: '' }
const required: Kind = { ...plain, isRequired: true }
const secret: Kind = { kind: 'password', isSecret: true, isRequired: false, initial: '' }

function field(name: string, label: string, help: string, kind: Kind): Field {
  return { name, label, help, ...kind }
}

const fields: readonly Field[] = [
  field(
    'address',
    'Mail address',
    'The address that customers write to and that answers come from.',
    required,
  ),
  field('imapHost', 'IMAP server', 'Where the mailbox is read, such as imap.example.org.', required),
  field('imapPort', 'IMAP port', '993 with TLS, 143 with STARTTLS.', {
    ...required,
    kind: 'number',
    initial: '993',
  }),
  field('imapSecurity', 'IMAP encryption', 'How the connection is encrypted.', {
    ...required,
    kind: 'choice',
    initial: 'tls',
    choices: security,
  }),
  field('smtpHost', 'SMTP server', 'Where answers are handed in, such as smtp.example.org.', required),
  field('smtpPort', 'SMTP port', '465 with TLS, 587 with STARTTLS.', {
    ...required,
    kind: 'number',
    initial: '465',
  }),
  field('smtpSecurity', 'SMTP encryption', 'How the connection is encrypted.', {
    ...required,
    kind: 'choice',
    initial: 'tls',
    choices: security,
  }),
  field('user', 'User name', 'Left empty: the mail address.', plain),
  field('auth', 'Sign-in', 'A password of its own for this program is best where the provider offers it.', {
    ...required,
    kind: 'choice',
    initial: 'password',
    choices: [
      { value: 'password', label: 'Password' },
      { value: 'oauth2', label: 'OAuth 2 (XOAUTH2)' },
    ],
  }),
  field('password', 'Password', 'For sign-in by password.', secret),
  field('accessToken', 'Access token', 'For OAuth 2; renewed by itself with the refresh token.', secret),
  field('refreshToken', 'Refresh token', 'For OAuth 2.', secret),
  field('clientId', 'Client id', 'For OAuth 2: the program as the provider knows it.', plain),
  field('clientSecret', 'Client secret', 'For OAuth 2, where the provider gave one.', secret),
  field('tokenUrl', 'Token endpoint', 'For OAuth 2: where access tokens are renewed.', {
    ...plain,
    kind: 'url',
  }),
  field('folder', 'Folder', 'The folder that is read.', { ...required, initial: 'INBOX' }),
  field(
    'sentFolder',
    'Folder of sent mails',
    'Left empty: the one that the server marks as such. Answers from other programs are found there.',
    plain,
  ),
  field('sentCopy', 'Copies of answers', 'Whether answers are filed among the sent mails.', {
    ...required,
    kind: 'choice',
    initial: 'auto',
    choices: [
      { value: 'auto', label: 'File a copy where the server does not' },
      { value: 'never', label: 'File none' },
    ],
  }),
  field('quote', 'Quote', 'Whether answers repeat below them what they answer.', {
    ...required,
    kind: 'choice',
    initial: 'no',
    choices: [
      { value: 'no', label: 'Answers stand alone' },
      { value: 'yes', label: 'The mail answered stands below, quoted' },
    ],
  }),
  field(
    'authserv',
    'Name of the checking server',
    'The name that your own mail server writes first into "Authentication-Results", such as mx.example.org. Only then are senders known to be who they say; left empty, nobody is.',
    plain,
  ),
  field(
    'ca',
    'Certificate authority',
    'Only for servers with a certificate of their own making: the certificate that is trusted, in PEM. It is trusted for this mailbox only.',
    { ...plain, kind: 'long-text' },
  ),
]

export const mailboxManifest: Manifest = {
  id: 'mailbox',
  title: 'E-mail: a mailbox',
  channel: 'email',
  source: 'email',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['stream'],
  capabilities: {
    listen: { level: 'full' },
    backfill: { level: 'full' },
    reply: { level: 'full' },
    notify: { level: 'full' },
    post: { level: 'none', reason: 'mail goes to somebody' },
    react: { level: 'none', reason: 'mail knows no signs' },
    direct: { level: 'full' },
    edit: { level: 'none', reason: 'a mail that left cannot be changed' },
    delete: { level: 'none', reason: 'a mail that left cannot be taken back' },
    deletions: { level: 'none', reason: 'a mail that arrived is not taken back by who sent it' },
    media: { level: 'full' },
    receipts: { level: 'none', reason: 'servers tell what could not be delivered, not what was' },
    readBack: {
      level: 'partial',
      reason:
        'found among the sent mails where the server files them; after a broken line nobody can say else',
    },
  },
  text: { unit: 'bytes', max: 1_000_000 },
  media: mailMedia,
  pace: { pollMs: 60_000, silentAfterMs: null },
  budget: null,
  connect: {
    steps: [
      'Have the names of the IMAP and SMTP servers of your provider at hand, and make a password for this program where the provider offers it (Google, Microsoft, Apple and others do).',
      'Give address, servers and sign-in. Nothing is changed in the mailbox: mails stay unread where they were unread.',
      'Look at a mail that reached you, in its raw form: the first word after "Authentication-Results:" is the name of your checking server. With it, senders are known to be who they say.',
      'Test the connection. Then bring in the history, as far back as you like.',
    ],
    permissions: [
      {
        what: 'Read one folder, by IMAP',
        why: 'to hear what customers write; it is opened for reading only',
      },
      {
        what: 'Read the folder of sent mails',
        why: 'to see answers that were given from other programs, so that nobody answers twice',
      },
      {
        what: 'Add to the folder of sent mails',
        why: 'so that answers given here are seen in other programs too',
      },
      { what: 'Send by SMTP as the address', why: 'to answer' },
    ],
    fields,
  },
  provenOn: 'real-server',
}
