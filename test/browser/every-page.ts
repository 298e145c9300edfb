import type { SampleWorld } from './sample-life.ts'

/** A page of the product, as pictures and checks open it. */
export interface ShownPage {
  readonly name: string
  readonly path: string
  /** Who looks: a member, or somebody who has not signed in. */
  readonly as: 'member' | 'outside'
}

const settingsTabs = [
  'general',
  'members',
  'functions',
  'hours',
  'tree',
  'keys',
  'audit',
  'security',
  'new-workspace',
] as const

/** Every page of a workspace that is alive; set-up is only there before. */
export function everyPage(world: SampleWorld): readonly ShownPage[] {
  const { slug, caseId, personId, conversation, survey, invitation } = world
  const home = `/w/${slug}`
  const settings = settingsTabs.map((tab) => member(`settings-${tab}`, `${home}/settings?tab=${tab}`))
  const { pathname, hash } = new URL(invitation)
  return [
    member('today', `${home}/today`),
    member('desk', `${home}/desk?case=${caseId}`),
    member('desk-path', `${home}/desk?case=${caseId}&panel=path`),
    member('people', `${home}/people`),
    member('person', `${home}/people/${personId}`),
    member('presences', `${home}/presences`),
    member('presences-connect', `${home}/presences?connect=choose`),
    member('measure-response', `${home}/measure/response`),
    member('measure-outcome', `${home}/measure/outcome`),
    member('import', `${home}/import`),
    ...settings,
    outside('sign-in', '/sign-in'),
    outside('invite', `${pathname}${hash}`),
    outside('contact', `/contact/${slug}`),
    outside('chat', `/chat/${slug}`),
    outside('conversation', `/c/${conversation}`),
    outside('survey', `/s/${survey}`),
  ]
}

function member(name: string, path: string): ShownPage {
  return { name, path, as: 'member' }
}

function outside(name: string, path: string): ShownPage {
  return { name, path, as: 'outside' }
}
