import type { SampleChannel, SampleFunction, SampleLanguage } from './scripts/script.ts'

export interface SamplePresence {
  readonly channel: SampleChannel
  readonly handle: string
  readonly name: string
  readonly function: SampleFunction
  readonly purpose: string
  /** Share of turns that get an answer, before function and hour have their say. */
  readonly care: number
}

export interface SampleMember {
  readonly name: string
  readonly email: string
  readonly function: SampleFunction
  readonly languages: readonly SampleLanguage[]
}

export const company = {
  name: 'Tarnwheel',
  about:
    'Makes e-bikes and cargo bikes, runs workshops and a rental service, Tarn Daily. Everything here is invented.',
  timeZone: 'Europe/London',
} as const

export const models = ['Tarn One', 'Tarn Haul', 'Tarn Haul', 'Tarn Mini', 'Tarn Trail'] as const

export const cities: Readonly<Record<SampleLanguage, readonly string[]>> = {
  en: ['Bristol', 'Leeds', 'Edinburgh', 'Cork', 'Norwich', 'Utrecht'],
  de: ['Leipzig', 'Freiburg', 'Bremen', 'Graz'],
  fr: ['Nantes', 'Lyon', 'Namur'],
  es: ['Valencia', 'Sevilla', 'Vitoria'],
}

export const presences: readonly SamplePresence[] = [
  {
    channel: 'twitter',
    handle: 'tarnwheel_help',
    name: 'Tarnwheel Help',
    function: 'service',
    purpose: 'Answers within the hour while the workshops are open.',
    care: 0.97,
  },
  {
    channel: 'twitter',
    handle: 'tarnwheel',
    name: 'Tarnwheel',
    function: 'community',
    purpose: 'News from the workshop, and whoever writes gets an answer.',
    care: 0.9,
  },
  {
    channel: 'bluesky',
    handle: 'tarnwheel.example',
    name: 'Tarnwheel',
    function: 'community',
    purpose: 'Talk with people who ride, ours or others.',
    care: 0.93,
  },
  {
    channel: 'mastodon',
    handle: 'hello@wheels.example',
    name: 'Tarnwheel',
    function: 'community',
    purpose: 'Repair questions and beta riders.',
    care: 0.95,
  },
  {
    channel: 'instagram',
    handle: 'tarnwheel.rides',
    name: 'Tarnwheel Rides',
    function: 'marketing',
    purpose: '',
    care: 0.07,
  },
  {
    channel: 'email',
    handle: 'help@tarnwheel.example',
    name: 'Help by mail',
    function: 'service',
    purpose: 'Everything about a bike that somebody already has.',
    care: 1,
  },
  {
    channel: 'email',
    handle: 'shop@tarnwheel.example',
    name: 'Shop by mail',
    function: 'sales',
    purpose: 'Advice, test rides and orders.',
    care: 1,
  },
  {
    channel: 'email',
    handle: 'press@tarnwheel.example',
    name: 'Press',
    function: 'pr',
    purpose: 'Journalists, the same day.',
    care: 1,
  },
  {
    channel: 'web',
    handle: 'tarnwheel.example/contact',
    name: 'Contact form',
    function: 'service',
    purpose: 'The way in that needs no account anywhere.',
    care: 0.98,
  },
  {
    channel: 'reviews',
    handle: 'tarnwheel-reviews',
    name: 'Shop reviews',
    function: 'community',
    purpose: 'Thank, and put right what went wrong.',
    care: 0.45,
  },
  {
    channel: 'phone',
    handle: '+44 20 7946 0142',
    name: 'Service line',
    function: 'service',
    purpose: 'A person picks up.',
    care: 1.05,
  },
]

export const members: readonly SampleMember[] = [
  { name: 'Mia Tarrowby', email: 'mia@tarnwheel.example', function: 'service', languages: ['en', 'fr'] },
  { name: 'Jonas Eelmark', email: 'jonas@tarnwheel.example', function: 'service', languages: ['en', 'de'] },
  { name: 'Priya Valanda', email: 'priya@tarnwheel.example', function: 'service', languages: ['en', 'es'] },
  {
    name: 'Teo Marquelli',
    email: 'teo@tarnwheel.example',
    function: 'community',
    languages: ['en', 'es', 'fr'],
  },
  { name: 'Hanna Briskow', email: 'hanna@tarnwheel.example', function: 'community', languages: ['en', 'de'] },
  { name: 'Luis Ortenga', email: 'luis@tarnwheel.example', function: 'sales', languages: ['en', 'es', 'fr'] },
  { name: 'Femke Dallaert', email: 'femke@tarnwheel.example', function: 'sales', languages: ['en', 'de'] },
  { name: 'Aaron Whitlow', email: 'aaron@tarnwheel.example', function: 'product', languages: ['en', 'de'] },
  { name: 'Sana Quorashi', email: 'sana@tarnwheel.example', function: 'product', languages: ['en'] },
  { name: 'Ines Calderby', email: 'ines@tarnwheel.example', function: 'marketing', languages: ['en'] },
  { name: 'Claire Dumontel', email: 'claire@tarnwheel.example', function: 'pr', languages: ['en', 'fr'] },
]
