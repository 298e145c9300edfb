import type { Manifest } from '../manifest.ts'

/** The column of a comment holds 65,535 bytes; WordPress takes as many (wp_get_comment_fields_max_lengths). */
export const mostBytes = 65_535

export const manifest: Manifest = {
  id: 'wordpress',
  title: 'WordPress comments',
  channel: 'wordpress',
  source: 'wordpress',
  connects: 'each-presence',
  delivers: 'by-the-network',
  listens: ['poll'],
  capabilities: {
    listen: { level: 'full' },
    backfill: { level: 'full' },
    reply: { level: 'full' },
    notify: { level: 'none', reason: 'a comment below an article is for everybody who reads it' },
    post: { level: 'none', reason: 'articles are written in WordPress itself' },
    react: { level: 'none', reason: 'WordPress knows no likes of its own' },
    direct: { level: 'none', reason: 'comments are public' },
    edit: { level: 'full' },
    delete: { level: 'full' },
    deletions: { level: 'full' },
    media: { level: 'none', reason: 'comments carry text only' },
    receipts: { level: 'none', reason: 'WordPress does not say who read a comment' },
    readBack: { level: 'full' },
  },
  text: { unit: 'bytes', max: mostBytes },
  pace: { pollMs: 30_000, silentAfterMs: null },
  budget: { calls: 120, perMs: 60_000 },
  connect: {
    steps: [
      'In WordPress, make a user for Horseshoe, or take one that may stay: it writes the answers under its name. The role Editor sees comments that wait for approval; an Author sees only those that visitors see.',
      'Sign in as that user, open Users, Profile, Application Passwords, and add one named Horseshoe.',
      'Enter the address of the site, the user name and the application password here.',
    ],
    permissions: [
      { what: 'Read comments', why: 'so that what people write below your articles comes to the desk' },
      {
        what: 'Moderate comments',
        why: 'so that comments that wait for approval, spam and trash are known as such',
      },
      { what: 'Write comments', why: 'so that your answers stand below the comment that they answer' },
    ],
    fields: [
      {
        name: 'site',
        label: 'Address of the site',
        kind: 'url',
        help: 'As visitors open it, such as https://blog.example.com',
        isSecret: false,
        isRequired: true,
        initial: '',
      },
      {
        name: 'user',
        label: 'User name',
        kind: 'text',
        help: 'The user whose application password this is',
        isSecret: false,
        isRequired: true,
        initial: '',
      },
      {
        name: 'password',
        label: 'Application password',
        kind: 'password',
        help: 'Made under Users, Profile, Application Passwords; it can be revoked there alone',
        isSecret: true,
        isRequired: true,
        initial: '',
      },
      {
        name: 'approves',
        label: 'An answer approves the comment that it answers',
        kind: 'toggle',
        help: 'Off: an answer below a comment that waits stands where visitors do not see what it answers',
        isSecret: false,
        isRequired: false,
        initial: 'false',
      },
    ],
  },
  provenOn: 'real-server',
}
