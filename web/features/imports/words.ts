import type { ImportFormat } from '../../../contract/engagements.ts'

export const words = {
  title: 'Import',
  about: 'Bring in conversations from files, of any size. What is imported twice changes nothing.',
  drop: 'Drop a file here',
  or: 'or',
  choose: 'Choose a file',
  format: 'Format',
  formatAbout: 'Recognised from the file; change it if it is wrong.',
  own: 'Our own handles or addresses',
  ownAbout:
    'Parted by commas, the first is the account. What they wrote is ours; everything else came in. May be left out where the file says whose it is.',
  start: 'Import',
  cancel: 'Cancel',
  other: 'Another file',
  uploading: (name: string) => `Sending ${name} …`,
  uploadingAbout: 'Stay on this page until the file is sent. The reading goes on without you.',
  runs: 'Imports',
  noRuns: 'Nothing was imported yet',
  noRunsAbout:
    'Each import is listed here with its progress and every line that was refused, with the reason.',
  accepted: 'accepted',
  duplicates: 'known before',
  refused: 'refused',
  pending: 'still to be read and decided',
  cancelRun: 'Stop this import',
  cancelRunAbout: 'What was accepted stays.',
  refusals: 'Refused lines',
  hideRefusals: 'Hide refused lines',
  showRefusals: (count: number) => `Show ${count.toLocaleString()} refused`,
  refusalsCsv: 'All of them as CSV',
  line: 'Line',
  reason: 'Reason',
  excerpt: 'Excerpt',
  notices: 'Notices',
  by: (name: string) => `by ${name}`,
  toDesk: 'Open the desk',
  example: 'An example',
} as const

export const formatWords: Readonly<Record<ImportFormat, { readonly title: string; readonly about: string }>> =
  {
    twcs: {
      title: 'Customer Support on Twitter',
      about: 'The published data set: tweet_id, author_id, inbound, …',
    },
    csv: { title: 'CSV', about: 'Our columns: id, time, direction, author, text, and more' },
    ndjson: { title: 'NDJSON', about: 'One engagement a line, as the API takes them' },
    activitystreams: { title: 'ActivityStreams', about: 'An outbox, or one activity a line' },
    mbox: { title: 'Mailbox (mbox)', about: 'E-mail as most programs export it' },
    facebook: {
      title: 'Facebook',
      about: 'Your information as JSON: the ZIP, or a message_1.json or comments.json of it',
    },
    'google-reviews': {
      title: 'Google reviews',
      about: 'Google Takeout of a Business Profile: the ZIP, or a reviews.json of it',
    },
    instagram: {
      title: 'Instagram',
      about: 'Your information as JSON: the ZIP, or a message_1.json or post_comments_1.json of it',
    },
    linkedin: {
      title: 'LinkedIn',
      about: 'The copy of your data: the ZIP, or messages.csv, Comments.csv or Shares.csv of it',
    },
    reddit: {
      title: 'Reddit',
      about: 'The answer to a data request: the ZIP, or comments.csv, posts.csv, messages.csv of it',
    },
    tiktok: { title: 'TikTok', about: "An account's data as JSON: the ZIP, or user_data_tiktok.json of it" },
    trustpilot: {
      title: 'Trustpilot',
      about: 'The list of service reviews that a business downloads, as CSV',
    },
    whatsapp: { title: 'WhatsApp chat', about: 'A chat exported from the app, as text or ZIP' },
    x: {
      title: 'X (Twitter)',
      about: "An account's archive: the ZIP, or tweets.js or direct-messages.js of it",
    },
  }

export const stateWords = {
  waiting: 'Waiting',
  running: 'Reading',
  finishing: 'Recognising and deciding',
  done: 'Done',
  cancelled: 'Stopped',
  failed: 'Failed',
} as const

export const csvExample = `id,time,direction,author,author_name,presence,channel,parent,text
1001,2026-03-04T10:12:00+01:00,in,u-77,Ann Berg,shop,twitter,,Where is my parcel?
1002,2026-03-04T10:20:00+01:00,out,shop,,shop,twitter,1001,On its way: it arrives today.`
